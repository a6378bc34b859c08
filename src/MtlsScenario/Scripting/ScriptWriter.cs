using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>
/// Prints a plan as a POSIX shell script that does with openssl what the native issuer does. The same plan gives the same
/// script, byte for byte.
/// </summary>
internal sealed class ScriptWriter
{
    private readonly Plan _plan;
    private readonly ScriptOptions _options;
    private readonly ScriptScope _scope;
    private readonly ScriptText _body = new();
    private readonly StepCommands _commands;
    private readonly ScriptPasswords _passwords;
    private ShellFunctions _functions;
    private int _number;
    private bool _followsPart;

    private ScriptWriter(Plan plan, ScriptOptions options)
    {
        (_plan, _options) = (plan, options);
        _scope = new ScriptScope(plan, options);
        _commands = new StepCommands(_body, _scope);
        _passwords = new ScriptPasswords(_scope);
    }

    /// <summary>The script.</summary>
    /// <param name="plan">What it does.</param>
    /// <param name="options">Which part of it.</param>
    public static string Write(Plan plan, ScriptOptions options) => new ScriptWriter(plan, options).Write();

    /// <summary>Why an openssl from 1.1.1 on cannot do what the script asks of it, or null.</summary>
    /// <param name="plan">What the script does.</param>
    /// <param name="options">Which part of it.</param>
    /// <param name="openssl">The program.</param>
    public static string? Obstacle(Plan plan, ScriptOptions options, OpenSslVersion openssl) =>
        new ScriptScope(plan, options) switch
        {
            { NeedsVersion1: true } when !openssl.WritesVersion1 => $"not possible: {openssl} writes v3",
            { NeedsCrlDates: true } when openssl.Major < 3 => $"not possible: {openssl} cannot write the dates of a CRL",
            { NeedsSameEcdsa: true } when openssl is { Major: < 3 } or { Major: 3, Minor: < 2 } => $"not possible: {openssl} cannot make the same ECDSA signature twice",
            { NeedsMlDsa: true } when !openssl.HasMlDsa => $"not possible: {openssl} has no ML-DSA",
            _ => null,
        };

    private string Write()
    {
        _functions |= _passwords.Write(_body, folder: "");
        WriteProvided();
        if (_options.Seeded is { } seeded)
        {
            new SeededCommands(_body, _scope, seeded).WriteTables();
        }

        foreach (ImmutableArray<ScriptStep> group in Groups())
        {
            OpenLoop(group[0]);
            foreach (ScriptStep step in group)
            {
                WriteStep(step);
            }

            CloseLoop(group[0]);
        }

        WriteEnd();
        var files = new ScriptText();
        WriteFiles(files);
        bool hasRoot = _commands.HasBareSubject;
        return ScriptFrame.Heading(_plan, _options, _passwords)
            + ScriptFrame.Opening(_scope, hasRoot, _passwords)
            + files
            + FunctionTexts.Of(_functions | _commands.Functions, _options.Seeded?.Epoch)
            + FormatFunctions.Of(_functions | _commands.Functions, folder: "")
            + _body;
    }

    /// <summary>What others provide is asked for before anything is made.</summary>
    private void WriteProvided()
    {
        ImmutableArray<string> provided =
        [
            .. _scope.Steps.SelectMany(_scope.Given).Distinct().Where(file => _scope.GiverOf(file) is null && !IsOfFleet(file) && !_scope.IsAskedForLater(file)),
        ];
        if (provided.IsEmpty)
        {
            return;
        }

        _body.Line();
        _body.Line("# What is provided, and not made here.");
        foreach (string file in provided)
        {
            Await(file, "(it is provided, and never made); when it is there, run this again");
        }
    }

    private void WriteStep(ScriptStep step)
    {
        if (!_followsPart)
        {
            _body.Line();
        }

        _followsPart = StepCommands.IsPartOfNext(step);
        if (step.Step is HandOver handOver)
        {
            _body.Line(StepHeading.GoesTo(handOver.SourceFile, handOver.Receiver));
        }
        else if (!StepCommands.IsPartOfNext(step))
        {
            _number++;
            _body.Line(string.Create(
                CultureInfo.InvariantCulture, $"# {_number}. {StepHeading.Of(step.Step, step.Certificate)}"));
        }

        if (step.Step is SignCertificate sign && _scope.IsSignedElsewhere(step.Certificate))
        {
            WriteSignedElsewhere(sign, step);
            return;
        }

        foreach (string file in Awaited(step))
        {
            Await(file, _scope.GiverOf(file) is { } giver ? $"from {StepHeading.NameOf(giver)}; when it is there, run this again" : "(it is provided, and never made); when it is there, run this again");
        }

        _commands.Write(step);
        if (StepHeading.After(step, _plan.Folders) is { } after)
        {
            _body.Line(after);
        }
    }

    /// <summary>Where the authority's key is there it signs; otherwise what it sent is taken, and no certificate for another key.</summary>
    private void WriteSignedElsewhere(SignCertificate sign, ScriptStep step)
    {
        _body.Open($"if [ -e {StepCommands.Word(sign.Issuer.KeyFile)} ]; then");
        Await(sign.Issuer.CertificateFile, "(it is provided, and never made); when it is there, run this again");
        _commands.Write(step);
        _body.Close("else");
        _body.Indent();
        string request = sign.RequestFile;
        Await(sign.CertificateFile, $"from {sign.Issuer.Name}, which is to sign {request}; when it is there, run this again");
        _functions |= ShellFunctions.SameKey;
        _body.Line($"same_key {StepCommands.Word(step.Certificate.Files.Key)} {StepCommands.Word(sign.CertificateFile)}");
        _body.Close("fi");
    }

    private void WriteEnd()
    {
        ImmutableArray<(PlannedCertificate Certificate, string File)> needed = [.. _scope.NeededInTheEnd()];
        foreach (IGrouping<string, (PlannedCertificate Certificate, string File)> group in
            needed.GroupBy(item => item.Certificate.Stem))
        {
            PlannedCertificate certificate = group.First().Certificate;
            _body.Line();
            var step = new ScriptStep(certificate.Steps[0], certificate, certificate.Replicas, []);
            OpenLoop(step);
            foreach ((_, string file) in group)
            {
                string from = _scope.GiverOf(file) is { } giver ? $" from {StepHeading.NameOf(giver)}" : "";
                Await(file, $"{from.TrimStart()}; when it is there, run this again".TrimStart());
                if (file == certificate.Files.Certificate)
                {
                    _functions |= ShellFunctions.SameKey;
                    _body.Line($"same_key {StepCommands.Word(certificate.Files.Key)} {StepCommands.Word(file)}");
                }
            }

            CloseLoop(step);
        }

        _body.Line();
        _body.Line("finish");
        WritePassed();
    }

    /// <summary>
    /// A request that is not to be left has done its work by now, unless this run made it anew: then it was moved out of the
    /// work folder. In one script it never leaves that.
    /// </summary>
    private void WritePassed()
    {
        if (!_scope.IsPart)
        {
            return;
        }

        foreach (ScriptStep step in _scope.Steps)
        {
            string? request = step.Step switch
            {
                RequestCertificate { IsKept: false } own => own.RequestFile,
                SignCertificate sign when _scope.Passing.Contains(sign.RequestFile)
                    && sign.RequestFile != step.Certificate.Files.Request => sign.RequestFile,
                HandOver copy when _scope.Passing.Contains(copy.TargetFile) => copy.TargetFile,
                _ => null,
            };
            if (request is not null)
            {
                OpenLoop(step);
                _body.Line($"[ ! -e {StepCommands.Word(request)} ] || rm -f {StepCommands.Word("../" + request)}");
                CloseLoop(step);
            }
        }
    }

    private void WriteFiles(ScriptText text)
    {
        text.Line();
        text.Open("files() {");
        foreach ((ScriptStep step, ImmutableArray<ScriptFile> files) in new ScriptFiles(_scope).All())
        {
            Loop.Open(text, step);
            foreach (ScriptFile file in files)
            {
                string last = file.Kind is { } kind
                    ? " " + KeyNames.Of(kind)
                    : file.For is null ? "" : " " + ShellQuoting.InQuotes(file.For);
                text.Line($"file {WordOf(file.Use)} {StepCommands.Word(file.Path)}{last}");
            }

            Loop.Close(text, step);
        }

        text.Close("}");
        text.Open("finish() {");
        text.Line("phase=deliver");
        text.Line("files");
        text.Close("}");
        text.Line("phase=take");
        text.Line("files");
    }

    /// <summary>
    /// What is done once, or in one loop. Where others have to hand something over a new loop begins, so that all replicas
    /// are as far as they can be when the script stops there.
    /// </summary>
    private IEnumerable<ImmutableArray<ScriptStep>> Groups()
    {
        ImmutableArray<ScriptStep> steps = _scope.Steps;
        for (int start = 0; start < steps.Length;)
        {
            int end = start + 1;
            while (end < steps.Length && steps[start].IsInLoopWith(steps[end]) && !Awaited(steps[end]).Any())
            {
                end++;
            }

            yield return steps.Slice(start, end - start);
            start = end;
        }
    }

    private static string WordOf(FileUse use) => use switch
    {
        FileUse.Kept => "kept",
        FileUse.Reused => "reused",
        FileUse.Made => "made",
        FileUse.Formed => "formed",
        FileUse.Given => "given",
        _ => throw new UnreachableException(),
    };

    private static bool IsOfFleet(string file) => Replication.IsIn(file);

    /// <summary>What others hand over, and no step before this one needed.</summary>
    private IEnumerable<string> Awaited(ScriptStep step) => _scope.Given(step).Where(file =>
        _scope.IsAskedForLater(file) || (_scope.GiverOf(file) is not null && _scope.IsFirstReader(step, file)));

    private void Await(string file, string what)
    {
        _functions |= ShellFunctions.Await;
        _body.Line($"await {StepCommands.Word(file)} {ShellQuoting.InQuotes(what)}");
    }

    private void OpenLoop(ScriptStep step)
    {
        if (step.Replicas is not null)
        {
            _body.Line();
        }

        Loop.Open(_body, step);
    }

    private void CloseLoop(ScriptStep step) => Loop.Close(_body, step);
}
