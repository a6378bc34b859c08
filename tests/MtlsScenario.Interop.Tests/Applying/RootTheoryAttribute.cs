using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>The same as <see cref="RootFactAttribute"/>, for cases: a test that mounts a file system or becomes somebody else, and so needs root; for others it is a skip that is counted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "needs root";
        }
    }
}
