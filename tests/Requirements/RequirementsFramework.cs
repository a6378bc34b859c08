using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace MtlsScenario.Requirements;

/// <summary>xunit, with tests that find out while they run that they must be skipped; xunit 2 itself decides that before.</summary>
public sealed class RequirementsFramework(IMessageSink diagnostics) : XunitTestFramework(diagnostics)
{
    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assemblyName, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assemblyName, sources, diagnostics)
    {
        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions) =>
            base.RunTestCases(testCases, new MissingSink(executionMessageSink, DiagnosticMessageSink), executionOptions);
    }
}
