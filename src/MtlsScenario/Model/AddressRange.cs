using System.Net;

namespace MtlsScenario.Model;

/// <summary>Ranges of IP addresses: in CIDR form in a scenario, an address and a mask in a certificate.</summary>
internal static class AddressRange
{
    /// <summary>The address and the mask of a range such as <c>10.0.0.0/8</c>.</summary>
    public static (byte[] Address, byte[] Mask) Read(string range)
    {
        var network = IPNetwork.Parse(range);
        byte[] address = network.BaseAddress.GetAddressBytes();
        return (address, Mask(address.Length, network.PrefixLength));
    }

    /// <summary>The mask of a prefix: as many ones, and then zeros.</summary>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="prefix">How many ones.</param>
    public static byte[] Mask(int length, int prefix) =>
        [.. Enumerable.Range(0, length).Select(index => (byte)(0xFF00 >> Math.Clamp(prefix - (index * 8), 0, 8)))];
}
