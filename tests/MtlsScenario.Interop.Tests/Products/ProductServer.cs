using System.Collections.Immutable;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Model;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>
/// Bob as a product, with a certificate below an intermediate, who admits amy where he can be told so; and those who call him,
/// amy by the name that <see cref="AdmissionPattern"/>s of the table of odd callers know.
/// </summary>
internal sealed class ProductServer(Product product, ConfiguredScenario made, RunningProgram running) : IAsyncDisposable
{
    private const int MostAttempts = 3;

    public Product Product => product;

    public ConfiguredScenario Made => made;

    /// <summary>What it said.</summary>
    public string Said => running.Said;

    /// <summary>Starts it with the configuration as it is printed.</summary>
    public static async Task<ProductServer> StartAsync(Product product, TlsVersion minimum = TlsVersion.Tls12, bool admitsNobody = false, CrlCase? crls = null)
    {
        Needs.Root();
        ProgramEntry entry = ConfigPrograms.Of(product.Program);
        for (int attempt = 1; ; attempt++)
        {
            ConfiguredScenario made = ConfiguredScenario.Create(
                (party, certificate) => party switch
                {
                    "bob" => certificate with
                    {
                        Certificate = certificate.Certificate with { Issuer = "ica" },
                        Trusts = ["root"],
                        MinimumTls = minimum,
                        ChecksRevocation = crls is not null,
                        Admits = admitsNobody ? [] : AdmittedBy(entry.Admits),
                    },
                    "amy" or "late" or "mallory" => certificate with { Certificate = certificate.Certificate with { Subject = Name("amy") }, Trusts = ["root"] },
                    _ => certificate with { Trusts = ["root"] },
                },
                product.Account);
            try
            {
                foreach (string stem in new[] { "amy_client", "late_client" })
                {
                    File.Copy(made.At("ica.crt"), made.At($"{stem}.rest"));
                }

                crls?.Write(made, "amy_client", "bob_server.crl");
                made.WriteServer(product.Program);
                return new ProductServer(product, made, await product.StartAsync(made, made.Scenario.Party("bob").Called!.Listen.Port));
            }
            catch (InvalidOperationException exception) when (attempt < MostAttempts && exception.Message.Contains("in use", StringComparison.OrdinalIgnoreCase))
            {
                // Somebody took the port between its choice and its use.
                made.Dispose();
            }
            catch
            {
                made.Dispose();
                throw;
            }
        }
    }

    /// <summary>Calls it.</summary>
    public Task<Answer> CallAsync(Caller caller) => product.CallAsync(made, made.Scenario.Party("bob").Called!.Listen.Port, caller);

    public async ValueTask DisposeAsync()
    {
        await running.DisposeAsync();
        made.Dispose();
    }

    private static ImmutableArray<AdmissionPattern>? AdmittedBy(AdmissionSupport support) => support switch
    {
        AdmissionSupport.None => null,
        AdmissionSupport.CommonNames => [new(null, "amy"), new(null, "*.clients.example"), new(null, "Äpfel, \"und\" $Birnen")],
        _ => [new(null, "amy")],
    };

    private static DistinguishedName Name(string commonName) => new([new RelativeDistinguishedName([new AttributeTypeAndValue(AttributeType.CommonName, commonName)])]);
}
