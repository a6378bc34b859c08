using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Configs;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Revocation;

namespace MtlsScenario.Tool.Serving;

/// <summary>
/// What a server of the scenario would make of a caller: from its trust anchors in the folder, and whom it admits. It
/// explains a rejection that the server did not; it never decides whether there was one.
/// </summary>
/// <param name="scenario">The scenario.</param>
/// <param name="root">The folder of the certificates, an absolute path.</param>
internal sealed class ServersView(Scenario scenario, string root)
{
    /// <summary>The rejection, or null where there would be none or its anchors are not here.</summary>
    public EndRejection? Of(CallTarget target, DotNetIdentity caller)
    {
        if (target.PresentsNothing)
        {
            return new EndRejection(RejectionReason.NoCertificate, "no certificate was sent");
        }

        if (target.Server is not { } end || scenario.Party(end.Party).Called is not { } certificate)
        {
            return null;
        }

        Party party = scenario.Party(end.Party);
        var reference = new PartyReference(party, party.Replicas is null ? null : end.Number ?? 1);
        EndFiles files = new EndSettings(scenario, "").Server(reference)!.Files;
        var reader = new FolderReader(root);
        if (files.Anchors is not { } file || reader.Read(file).Bytes is not { } pem)
        {
            return null;
        }

        RevocationChecker? revocation = files.ChecksRevocation
            ? new([.. ParsedCrl.ReadAll(files.Crls is { } crls ? reader.Read(crls).Bytes ?? [] : []).OfType<ParsedCrl>()])
            : null;

        var anchors = new X509Certificate2Collection();
        anchors.ImportFromPem(System.Text.Encoding.UTF8.GetString(pem));
        try
        {
            X509Certificate2 leaf = caller.Context.TargetCertificate;
            PeerJudgement judgement = new PeerVerifier([.. anchors], null, revocation).Judge(leaf, caller.Intermediates, Side.Client);
            return judgement.IsAccepted ? NotAdmitted(certificate, leaf) : new EndRejection(judgement.Reason, judgement.StackMessage);
        }
        finally
        {
            foreach (X509Certificate2 anchor in anchors)
            {
                anchor.Dispose();
            }
        }
    }

    private static EndRejection? NotAdmitted(PartyCertificate server, X509Certificate2 caller) =>
        new Admission(server.Admits).Admits(PeerNames.Of(caller))
            ? null
            : new EndRejection(RejectionReason.NotAdmitted, $"\"{caller.Subject}\" is not among those that it admits");
}
