using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>
/// A theory on one version of OpenSSL. One that is not there is a skip that is counted, or a failure where all must be there.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OpenSslTheoryAttribute : TheoryAttribute
{
    public OpenSslTheoryAttribute(string version)
    {
        Version = version;
        if (!Needs.All && OpenSslPrograms.WhyNot(version) is { } why)
        {
            Skip = why;
        }
    }

    /// <summary>The version.</summary>
    public string Version { get; }
}
