using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario.Binding;

/// <summary>Reads the formats in which a party's files are written besides, and where their passwords are.</summary>
/// <param name="faults">Where the faults go.</param>
internal sealed class FormatReader(FaultList faults)
{
    private const string Form = "{ file: PATH } or { env: NAME }";

    /// <summary>The formats, in order, each once; null where it is no list.</summary>
    public ImmutableArray<FileFormat>? Read(Field field)
    {
        if (field.Items(faults, "a list of formats") is not { } items)
        {
            return null;
        }

        var formats = ImmutableArray.CreateBuilder<FileFormat>();
        foreach (Field item in items)
        {
            if (ReadOne(item) is not { } format)
            {
                continue;
            }

            if (formats.Any(other => other.Kind == format.Kind))
            {
                faults.Error(
                    item.Position, DiagnosticCodes.RepeatedFormat, $"{Vocabulary.Formats.Of(format.Kind)} is in {item.Key} twice, and has one file");
                continue;
            }

            formats.Add(format);
            if (format.Kind == FormatKind.Encrypted)
            {
                faults.Warning(
                    item.Position,
                    DiagnosticCodes.EncryptedKeyReaders,
                    "programs in Go, and Kafka and other products of the JVM before Java 21, do not read encrypted keys",
                    "those take the key as it is, or a p12");
            }
        }

        return formats.ToImmutable();
    }

    /// <summary>Where a password is; null, and a fault, where that is not said.</summary>
    public PasswordSource? ReadPassword(Field field)
    {
        if (field.Mapping(faults, Form) is not { } mapping)
        {
            return null;
        }

        var fields = new Fields(mapping.Position, mapping);
        fields.CheckKeys(FormatKeys.Password, "a password", faults);
        if (mapping.Entries is not [{ Key.Value: "file" or "env" } only])
        {
            if (mapping.Entries.All(entry => FormatKeys.Password.Contains(entry.Key.Value)))
            {
                faults.Error(mapping.Position, DiagnosticCodes.InvalidPassword, $"{field.Key} is {Form}");
            }

            return null;
        }

        var value = new Field(only.Key.Value, only.Value);
        return only.Key.Value == "file" ? ReadFile(value) : ReadVariable(value);
    }

    private PasswordSource.File? ReadFile(Field value)
    {
        if (value.Text(faults, "the path of a file") is not { } path)
        {
            return null;
        }

        if (path.Length > 0 && !path.Any(char.IsControl))
        {
            return new PasswordSource.File(path);
        }

        faults.Error(value.Position, DiagnosticCodes.InvalidPassword, $"{VisibleText.Quoted(path)} is no path of a file");
        return null;
    }

    private PasswordSource.Variable? ReadVariable(Field value)
    {
        if (value.Text(faults, "the name of a variable") is not { } name)
        {
            return null;
        }

        if (name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_'))
        {
            return new PasswordSource.Variable(name);
        }

        faults.Error(
            value.Position,
            DiagnosticCodes.InvalidPassword,
            $"{VisibleText.Quoted(name)} is no name of a variable",
            "it has letters, digits and \"_\", and does not begin with a digit");
        return null;
    }

    private FileFormat? ReadOne(Field item)
    {
        if (item.Value is not MappingNode mapping)
        {
            return Vocabulary.Formats.Read(item, faults) is { } kind ? new FileFormat(kind) : null;
        }

        if (mapping.Entries is not [var only])
        {
            item.WrongType(faults, "a format, or one format with what is said of it: { p12: { encryption: 3des } }");
            return null;
        }

        if (Vocabulary.Formats.Read(new Field(item.Key, only.Key, IsItem: true), faults) is not { } named)
        {
            return null;
        }

        string word = only.Key.Value;
        ImmutableArray<string> keys = FormatKeys.OfFormat(named);
        if (keys.IsEmpty)
        {
            faults.Error(only.Key.Position, DiagnosticCodes.WrongType, $"{word} has nothing that could be said of it", $"write {word} alone");
            return null;
        }

        MappingNode? said = new Field(word, only.Value).Mapping(faults, $"what is said of it: {{ {keys[0]}: ... }}");
        var fields = new Fields(only.Key.Position, said);
        fields.CheckKeys(keys, $"the format {word}", faults);
        return new FileFormat(named)
        {
            Encryption = fields["encryption"] is { } encryption && named == FormatKind.Pkcs12
                ? Vocabulary.Encryptions.Read(encryption, faults) ?? StoreEncryption.Aes256
                : StoreEncryption.Aes256,
            Password = fields["password"] is { } password && named == FormatKind.TrustStore ? ReadPassword(password) : null,
        };
    }
}
