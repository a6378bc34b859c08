using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Scripting;

/// <summary>The commands that give a script the keys and serial numbers that come of a seed.</summary>
/// <param name="text">Where they go.</param>
/// <param name="scope">The steps of the script.</param>
/// <param name="seeded">Where they come from.</param>
internal sealed class SeededCommands(ScriptText text, ScriptScope scope, SeededScript seeded)
{
    private const string Key = "seeded.pem";

    /// <summary>The table with the serial numbers of a fleet.</summary>
    public static string SerialsOf(PlannedCertificate fleet) => Table(fleet, ".serials");

    /// <summary>Writes what is different for each replica: a line each, the number first.</summary>
    public void WriteTables()
    {
        foreach (ScriptStep step in scope.Steps.Where(step => step.Replicas is not null))
        {
            switch (step.Step)
            {
                case GenerateKey key:
                    WriteTable(step, Table(step.Certificate, ".keys"), number =>
                    {
                        using PrivateKey own = seeded.Seed.Key(step.Certificate.Member(number).Stem, key.Algorithm);
                        byte[] pkcs8 = own.ExportPkcs8();
                        string encoded = Convert.ToBase64String(pkcs8);
                        CryptographicOperations.ZeroMemory(pkcs8);
                        return encoded;
                    });
                    break;
                case SignCertificate { Template.Serial: SerialNumber.Random }:
                    WriteTable(step, SerialsOf(step.Certificate), number => StepOptions.Hex(seeded.SerialOf(step.Certificate, number)
                        ?? throw new InvalidOperationException($"The issuer of {step.Certificate.Stem} is not known.")));
                    break;
            }
        }
    }

    /// <summary>Writes a key where none is, and makes sure that one that is there is the same.</summary>
    public void WriteKey(GenerateKey step, PlannedCertificate certificate)
    {
        string file = StepCommands.Word(step.KeyFile);
        if (certificate.Replicas is not null)
        {
            text.Line($"seeded_member {Word(Table(certificate, ".keys"))} \"${Loop.Number}\" >{Key}");
        }
        else
        {
            using PrivateKey key = seeded.Seed.Key(certificate.Stem, step.Algorithm);
            byte[] pem = key.ExportPem();
            text.Line($"cat >{Key} <<'END'");
            text.Verbatim(Encoding.ASCII.GetString(pem));
            text.Verbatim("END\n");
            CryptographicOperations.ZeroMemory(pem);
        }

        text.Open($"if seeded_key {file}; then");
        text.Line($"mv {Key} {file}");
        text.Lines(StepOptions.Access(certificate.KeyAccess, "give", file));
        text.Close("fi");
    }

    private void WriteTable(ScriptStep step, string file, Func<int, string> line)
    {
        IEnumerable<int> numbers = step.Numbers.IsDefaultOrEmpty ? Enumerable.Range(1, step.Replicas!.Count) : step.Numbers;
        text.Line($"cat >{Word(file)} <<'END'");
        foreach (int number in numbers)
        {
            text.Verbatim(string.Create(CultureInfo.InvariantCulture, $"{number} {line(number)}\n"));
        }

        text.Verbatim("END\n");
    }

    private static string Word(string file) => ShellQuoting.Quote(file);

    /// <summary>A file of the work folder: the braces of the placeholder have no meaning in a name, and none is filled in.</summary>
    private static string Table(PlannedCertificate fleet, string suffix) => Replication.Fill(fleet.Stem, "n") + suffix;
}
