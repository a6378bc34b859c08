using System.Net;
using System.Net.Sockets;
using MtlsScenario.Configs;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Probing.Schemes;

namespace MtlsScenario.Tool.Probing;

/// <summary>Where a server runs, as the user says it: <c>[SCHEME://][USER@]HOST[:PORT][/PATH]</c>, where the port may say the scheme.</summary>
/// <param name="Scheme">The protocol.</param>
/// <param name="Address">Where it is.</param>
/// <param name="User">The user; empty for none.</param>
/// <param name="Path">The path, with its slash.</param>
internal sealed record ServerAddress(Scheme Scheme, ListenAddress Address, string User, string Path)
{
    /// <summary>What is expected where it is not valid.</summary>
    public static string Expected { get; } =
        $"[SCHEME://]HOST:PORT is expected, where SCHEME is {string.Join(", ", Scheme.All[..^1].Select(scheme => scheme.Name))} or {Scheme.All[^1].Name}";

    /// <summary>Reads it; null where it is not valid.</summary>
    public static ServerAddress? Read(string text)
    {
        bool saysScheme = text.Contains("://", StringComparison.Ordinal);
        string whole = saysScheme ? text : $"https://{text}";
        if (!Uri.TryCreate(whole, UriKind.Absolute, out Uri? uri) || uri.IdnHost.Length == 0
            || Scheme.All.FirstOrDefault(scheme => scheme.Name == uri.Scheme) is not { } scheme)
        {
            return null;
        }

        int port = uri.Port <= 0 ? scheme.Port : uri.Port;
        scheme = saysScheme ? scheme : Scheme.ForPort(port);
        return new ServerAddress(scheme, new ListenAddress(uri.IdnHost.Trim('[', ']'), port), Uri.UnescapeDataString(uri.UserInfo), uri.PathAndQuery is { Length: > 0 } path ? path : "/");
    }

    /// <summary>Where a server of the scenario is; its port says what it speaks.</summary>
    public static ServerAddress Of(CallTarget target) =>
        new(Scheme.ForPort(target.Url.Port), target.ConnectTo ?? new ListenAddress(target.Host, target.Url.Port), "", target.Url.PathAndQuery);

    /// <summary>As a URL.</summary>
    public Uri Url => new($"{Scheme.Name}://{Address}{Path}");

    /// <summary>How a server there is spoken to.</summary>
    /// <param name="host">The name that is sent and verified.</param>
    /// <param name="message">What is sent first where its protocol is not known.</param>
    public ServerTarget Target(string host, ReadOnlyMemory<byte> message = default)
    {
        string authority = new ListenAddress(host, Address.Port).ToString();
        return new ServerTarget
        {
            Scheme = Scheme,
            Address = Address,
            Host = host,
            Request = new Request { Host = Address.Port == Scheme.Port ? authority[..authority.LastIndexOf(':')] : authority, Path = Path, User = User, Message = message },
        };
    }

    /// <summary>Whether it is on this machine or in a private network.</summary>
    /// <exception cref="EnvironmentException">Nobody has that name.</exception>
    public async Task<bool> IsNearAsync(CancellationToken cancellationToken)
    {
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(Address.Host, cancellationToken).ConfigureAwait(false);
            return addresses.All(address => IsNear(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
        }
        catch (SocketException exception)
        {
            throw new EnvironmentException($"{Address.Host} has no address: {exception.Message}");
        }
    }

    private static bool IsNear(IPAddress address) => IPAddress.IsLoopback(address)
        || (address.AddressFamily == AddressFamily.InterNetworkV6
            ? address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal
            : address.GetAddressBytes() is [10, ..] or [172, >= 16 and < 32, ..] or [192, 168, ..] or [169, 254, ..] or [100, >= 64 and < 128, ..]);
}
