using System.Collections.Immutable;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>Which steps of a plan a script has, and which files it needs that it does not make.</summary>
internal sealed class ScriptScope
{
    private readonly Plan _plan;
    private readonly ScriptOptions _options;
    private readonly ImmutableArray<ScriptStep> _all;
    private readonly HashSet<string> _outputs;
    private readonly Dictionary<string, Actor> _makers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlannedCertificate> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScriptStep> _firstReaders = new(StringComparer.Ordinal);
    private readonly ILookup<string, Actor> _readers;
    private readonly ILookup<string, Actor> _users;

    /// <summary>Selects.</summary>
    /// <param name="plan">The whole plan.</param>
    /// <param name="options">Which part of it.</param>
    public ScriptScope(Plan plan, ScriptOptions options)
    {
        (_plan, _options) = (plan, options);
        // What others sign is asked for before anything is waited for.
        _all = [.. AllSteps().OrderBy(step => !(step.Step is GenerateKey or RequestCertificate or HandOver { Kind: ArtifactKind.Request } && IsSignedElsewhere(step.Certificate)))];
        Steps = [.. _all.Where(IsIncluded).Select(step => step with { Numbers = NumbersOf(step.Certificate) })];
        _outputs = [.. Steps.Select(step => step.Step.Output)];
        Passing =
        [
            .. from step in _all
               where step.Step is SignCertificate && !step.Certificate.KeepsRequest && !IsSignedElsewhere(step.Certificate) && !options.Unsigned.Contains(step.Certificate.Stem)
               from request in new[] { step.Certificate.Files.Request, ((SignCertificate)step.Step).RequestFile }
               select request,
        ];
        foreach (ScriptStep step in _all)
        {
            _makers.TryAdd(step.Step.Output, step.Step.Actor);
        }

        foreach (PlannedCertificate certificate in plan.Certificates)
        {
            _owners.TryAdd(certificate.Files.Certificate, certificate);
            _owners.TryAdd(certificate.Files.Key, certificate);
        }

        foreach ((string input, ScriptStep step) in Steps.SelectMany(step => step.Step.Inputs, (step, input) => (input, step)))
        {
            _firstReaders.TryAdd(input, step);
        }

        _readers = _all.SelectMany(step => step.Step.Inputs, (step, input) => (input, step.Step.Actor))
            .ToLookup(pair => pair.input, pair => pair.Actor, StringComparer.Ordinal);
        _users = plan.Certificates
            .SelectMany(
                certificate => new[] { certificate.Files.Anchors, certificate.Files.Certificate }.OfType<string>().Distinct(),
                (certificate, file) => (file, certificate.Holder))
            .ToLookup(pair => pair.file, pair => pair.Holder, StringComparer.Ordinal);
    }

    /// <summary>The steps, in order.</summary>
    public ImmutableArray<ScriptStep> Steps { get; }

    /// <summary>Requests that are needed in between and not left.</summary>
    public ImmutableHashSet<string> Passing { get; }

    /// <summary>Whether several run parts of the plan, and this is the script of one of them.</summary>
    public bool IsPart => _options.For is not null;

    /// <summary>
    /// Whether an external authority signs it, whose key may be elsewhere: only the folder tells. Who runs a part of the plan signs with
    /// what is its own.
    /// </summary>
    public bool IsSignedElsewhere(PlannedCertificate certificate) =>
        !IsPart && _options is { Only: null, IsPlain: false } && certificate is { IsExternal: false, Issuer: { } issuer } && _plan[issuer].IsExternal;

    /// <summary>Whether an external authority's file is not needed before something of it is.</summary>
    public bool IsAskedForLater(string path) => !IsPart && _options.Only is null
        && _owners.GetValueOrDefault(path) is { IsExternal: true, IsAuthority: true } owner && _plan.IssuedBy(owner.Stem).Any();

    /// <summary>The files of keys whose names do not end as such.</summary>
    public IEnumerable<string> OtherKeys => _plan.Certificates.Select(certificate => certificate.Files.Key)
        .Where(file => !file.EndsWith(FileNames.Suffix(ArtifactKind.Key), StringComparison.Ordinal));

    /// <summary>What is needed to make the bytes that come of a seed; null where keys are drawn.</summary>
    public SeededScript? Seeded => _options.Seeded;

    /// <summary>Whether ECDSA is to make the same signature each time, which not every openssl can.</summary>
    public bool NeedsSameEcdsa => Seeded is not null && Steps.Any(step => SignerOf(step) is { } signer && signer.IsEc());

    /// <summary>Whether any certificate is an X.509 v1 one.</summary>
    public bool NeedsVersion1 => Steps.Any(step => step.Step is SignCertificate { Template.Version: 1 });

    /// <summary>Whether any key is an ML-DSA one.</summary>
    public bool NeedsMlDsa => Steps.Any(step => step.Certificate.Key?.IsMlDsa() == true
        || step.Step is SignCertificate { Issuer.Algorithm: { } issuer } && issuer.IsMlDsa());

    /// <summary>What a step reads that the script does not make.</summary>
    public IEnumerable<string> Given(ScriptStep step) => step.Step.Inputs.Where(input => !_outputs.Contains(input));

    /// <summary>What a step reads where it is there.</summary>
    public static IEnumerable<string> GivenPerhaps(ScriptStep step) =>
        step.Step is WriteFormat { Sources.ProvidedChain: { } chain } ? [chain, step.Certificate.Files.Certificate] : [];

    /// <summary>Whether a step of the script makes that file.</summary>
    public bool Makes(string path) => _outputs.Contains(path);

    /// <summary>Who hands over a file; null where it is provided from outside, or has to be there.</summary>
    public Actor? GiverOf(string path)
    {
        if (!IsPart)
        {
            return null;
        }

        Actor? giver = _makers.GetValueOrDefault(path) ?? _owners.GetValueOrDefault(path)?.Holder;
        return giver is not null && giver.Name != _options.For ? giver : null;
    }

    /// <summary>To whom a file that a step makes goes, where that one has a script of its own.</summary>
    public ImmutableArray<Actor> ReceiversOf(ScriptStep step)
    {
        if (!IsPart || step.Step is GenerateKey)
        {
            return [];
        }

        string output = step.Step.Output;
        IEnumerable<Actor> receivers = step.Step is HandOver handOver
            ? [handOver.Receiver]
            : _readers[output].Concat(_users[output]);
        return [.. receivers.Where(receiver => receiver.Name != _options.For).Distinct()];
    }

    /// <summary>
    /// What its runner must have in the end to take part in a connection, and only others can give: its certificates, and
    /// the anchors that it trusts.
    /// </summary>
    public IEnumerable<(PlannedCertificate Certificate, string File)> NeededInTheEnd() =>
        from certificate in _plan.Certificates
        where IsPart && certificate.Holder.Name == _options.For && !certificate.IsExternal
        from file in new[] { certificate.Files.Certificate, certificate.Files.Anchors }
        where file is not null && !_outputs.Contains(file)
        select (certificate, file);

    /// <summary>The certificate in the plan whose file that is, or null.</summary>
    public PlannedCertificate? CertificateAt(string path) =>
        _owners.GetValueOrDefault(path) is { } owner && owner.Files.Certificate == path ? owner : null;

    /// <summary>Whether no step of the script before this one reads that file.</summary>
    public bool IsFirstReader(ScriptStep step, string file) => _firstReaders[file].Step == step.Step;

    /// <summary>Whether a CRL has dates that OpenSSL 1.1.1 cannot write: that only knows how long one lasts from now on.</summary>
    public bool NeedsCrlDates => Steps.Any(step => step.Step is SignCrl sign && CrlCommands.NeedsDates(sign));

    /// <summary>The files in which CRLs of an authority may be found: its own first, then the bundles.</summary>
    public IEnumerable<string> CrlFiles(SignCrl own) =>
    [
        own.CrlFile,
        .. Steps.Select(step => step.Step).OfType<WriteCrls>().Where(write => write.CrlFiles.Contains(own.CrlFile) && !Replication.IsIn(write.BundleFile))
            .Select(write => write.BundleFile),
    ];

    /// <summary>The certificate with that stem in the plan.</summary>
    public PlannedCertificate Find(string stem) => _plan[stem];

    /// <summary>The issuer's certificate in the plan.</summary>
    public PlannedCertificate IssuerOf(PlannedCertificate certificate) => _plan[certificate.Issuer!];

    private IEnumerable<ScriptStep> AllSteps()
    {
        foreach (PlannedCertificate certificate in _plan.Certificates)
        {
            foreach (PlanStep step in certificate.Steps)
            {
                yield return new ScriptStep(step, certificate, certificate.Replicas, []);
                if (step is RequestCertificate { IsKept: false } request && SignerOf(certificate) is { } signer
                    && signer.RequestFile != request.RequestFile)
                {
                    // A request that nobody keeps has to reach the issuer all the same.
                    var sent = new HandOver(
                        request.Actor, signer.Actor, ArtifactKind.Request, request.RequestFile, signer.RequestFile);
                    yield return new ScriptStep(sent, certificate, certificate.Replicas, []);
                }
            }
        }

        foreach (FinalStep final in _plan.FinalSteps.Concat(_plan.CrlSteps))
        {
            yield return new ScriptStep(final.Step, _plan[final.Stem], final.Replicas, []);
        }
    }

    private static SignCertificate? SignerOf(PlannedCertificate certificate) =>
        certificate.Steps.OfType<SignCertificate>().FirstOrDefault();

    private bool IsIncluded(ScriptStep step)
    {
        if (_options.For is { } actor && step.Step.Actor.Name != actor)
        {
            return false;
        }

        if (_options.Only is null && step.Certificate.Adopted is not null && step.Certificate.Steps.Contains(step.Step))
        {
            // It is taken as it is.
            return false;
        }

        if (_options.Unsigned.Contains(step.Certificate.Stem) && step.Step is SignCertificate or HandOver { Kind: ArtifactKind.Certificate })
        {
            return false;
        }

        return _options.Only is not { } only
            || (only.ContainsKey(step.Certificate.Stem) && MakesTheCertificate(step.Step, step.Certificate.Files));
    }

    private static bool MakesTheCertificate(PlanStep step, CertificateFiles files) => step switch
    {
        WriteChain or WriteAnchors or WriteFormat or SignCrl or WriteCrls => false,
        HandOver handOver => handOver.SourceFile == files.Request || handOver.TargetFile == files.Certificate,
        _ => true,
    };

    private static KeyAlgorithm? SignerOf(ScriptStep step) => step.Step switch
    {
        SelfSign or RequestCertificate => step.Certificate.Key,
        SignCertificate sign => sign.Issuer.Algorithm,
        SignCrl crl => crl.Signer.Algorithm,
        _ => null,
    };

    private ImmutableArray<int> NumbersOf(PlannedCertificate certificate) =>
        _options.Only is { } only && only.TryGetValue(certificate.Stem, out ImmutableArray<int> numbers) ? numbers : [];
}
