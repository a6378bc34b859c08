using System.Runtime.InteropServices;
using System.Text;
using MtlsScenario.Tool;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Shells;
using MtlsScenario.X509;

// These build no chain of certificates, and are to start at once.
if (args is not ([] or ["--version" or "apply" or "plan" or "validate" or CompletionOffers.Command, ..]))
{
    MachineTrust.Ignore();
}

// The first word tells who will need it, and by the time that the scenario is read it is there.
using CryptographyLoader? cryptography = args is ["apply", ..] ? new() : null;

using CancellationTokenSource interruption = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
using PosixSignalRegistration quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Cancel);
using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Cancel);

// Console.Out would take the terminal's encoding and its time to set up; to flush without waiting would start threads.
UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
using StreamWriter output = new(new StandardStream(1), utf8) { AutoFlush = true, NewLine = "\n" };
using StreamWriter error = new(new StandardStream(2, isForgiving: true), utf8) { AutoFlush = true, NewLine = "\n" };
using StandardStream input = new(0);

ToolContext context = new()
{
    Output = output,
    Error = error,
    Input = input,
    Time = TimeProvider.System,
    WorkingDirectory = Environment.CurrentDirectory,
    Environment = Environment.GetEnvironmentVariable,
    OutputIsTerminal = !Console.IsOutputRedirected,
    ErrorIsTerminal = !Console.IsErrorRedirected,
    AskSecret = Console.IsInputRedirected || Console.IsErrorRedirected ? null : new SecretPrompt(input, error).AskAsync,
    Columns = ColumnsOf(1, Console.IsOutputRedirected),
    ErrorColumns = ColumnsOf(2, Console.IsErrorRedirected),
};
return (int)await CommandRunner.RunAsync(context, args, interruption.Token).ConfigureAwait(false);

// The first signal asks the command to end in good order; the second ends the process at once.
void Cancel(PosixSignalContext signal)
{
    signal.Cancel = !interruption.IsCancellationRequested;
    interruption.Cancel();
}

// With fewer than 40 columns nothing can be set apart any more, and the terminal breaks the lines.
static int ColumnsOf(int descriptor, bool isRedirected) =>
    isRedirected ? ToolContext.FileColumns : Math.Max(40, StandardStream.TerminalColumns(descriptor) ?? ToolContext.FileColumns);
