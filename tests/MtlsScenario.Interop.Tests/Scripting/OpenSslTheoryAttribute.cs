using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>
/// A theory on one version of OpenSSL. The machine's and 3.5 must be there; another that could not be downloaded is a skip
/// that is counted.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OpenSslTheoryAttribute : TheoryAttribute
{
    public OpenSslTheoryAttribute(string version)
    {
        Version = version;
        if (OpenSslPrograms.WhyNot(version) is { } why)
        {
            Skip = why;
        }
    }

    /// <summary>The version.</summary>
    public string Version { get; }
}
