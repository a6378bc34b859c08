using System.Collections.Immutable;

namespace MtlsScenario.Configs;

/// <summary>The functions of a Go program that check CRLs, for its standard library reads them and checks none.</summary>
internal static class GoRevocation
{
    /// <summary>What the functions import.</summary>
    public static ImmutableArray<string> Imports { get; } = ["bytes", "crypto/tls", "crypto/x509", "crypto/x509/pkix", "encoding/pem", "errors", "fmt", "os", "time"];

    /// <summary>The field of the configuration of TLS, which counts for a session that is resumed too; nothing where no CRLs are checked.</summary>
    /// <param name="files">The party's files.</param>
    /// <param name="indentation">What stands before it.</param>
    public static string Field(EndFiles files, string indentation) =>
        files.Crls is null ? "" : $"{indentation}// The file is read for each connection: a CRL that is renewed counts at once.\n{indentation}VerifyConnection: checkCrls({SourceLiteral.Of(files.Crls)}, time.Now),\n";

    /// <summary>The functions with a line before them; nothing where no CRLs are checked.</summary>
    public static string Of(EndFiles files) => files.Crls is null ? "" : $"\n{Functions}";

    /// <summary>Declares <c>checkCrls(file, now)</c>.</summary>
    public const string Functions = """
        var errRevoked, errUnknown = errors.New("revoked"), errors.New("whether it is revoked is not known")

        // checkCrls checks the other end's chain against the CRLs in a file, which is read for each connection. It fails closed.
        func checkCrls(file string, now func() time.Time) func(tls.ConnectionState) error {
        	return func(state tls.ConnectionState) error {
        		text, err := os.ReadFile(file)
        		if err != nil {
        			return err
        		}
        		var crls []*x509.RevocationList
        		for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
        			crl, err := x509.ParseRevocationList(block.Bytes)
        			if err != nil {
        				return err
        			}
        			crls = append(crls, crl)
        		}
        		err = errUnknown
        		for _, chain := range state.VerifiedChains {
        			if err = checkChain(chain, crls, now()); err == nil {
        				return nil
        			}
        		}
        		return err
        	}
        }

        // checkChain wants of each certificate below the trust anchor an issuer whose CRL is there, valid and signed by it.
        func checkChain(chain []*x509.Certificate, crls []*x509.RevocationList, now time.Time) error {
        	if len(chain) < 2 {
        		return errUnknown
        	}
        	for index, issuer := range chain[1:] {
        		err := fmt.Errorf("%w: there is no valid CRL of %s", errUnknown, issuer.Subject)
        		for _, crl := range crls {
        			if !bytes.Equal(crl.RawIssuer, issuer.RawSubject) || crl.CheckSignatureFrom(issuer) != nil || hasCritical(crl.Extensions) ||
        				now.Before(crl.ThisUpdate) || (!crl.NextUpdate.IsZero() && !now.Before(crl.NextUpdate)) {
        				continue
        			}
        			err = nil
        			for _, entry := range crl.RevokedCertificateEntries {
        				if entry.SerialNumber.Cmp(chain[index].SerialNumber) == 0 {
        					return fmt.Errorf("%w: %s", errRevoked, chain[index].Subject)
        				}
        				if hasCritical(entry.Extensions) {
        					return fmt.Errorf("%w: the CRL of %s says what is not known", errUnknown, issuer.Subject)
        				}
        			}
        		}
        		if err != nil {
        			return err
        		}
        	}
        	return nil
        }

        func hasCritical(extensions []pkix.Extension) bool {
        	for _, extension := range extensions {
        		if extension.Critical {
        			return true
        		}
        	}
        	return false
        }

        """;
}
