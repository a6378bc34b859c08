using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>A test that mounts a file system or becomes somebody else, and so needs root; for others it is a skip that is counted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "needs root";
        }
    }
}
