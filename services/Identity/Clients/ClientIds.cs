using System.Buffers;
using System.Buffers.Text;

namespace CrmPlatform.Identity.Clients;

/// <summary>Names of clients in the protocol: each says which company and which of its records it is, so that no list of all is needed.</summary>
public static class ClientIds
{
    private const string Prefix = "c_";
    private const int IdLength = 16;

    /// <summary>The name of a company's client.</summary>
    public static string Of(Guid tenant, Guid id) =>
        Prefix + Base64Url.EncodeToString([.. tenant.ToByteArray(bigEndian: true), .. id.ToByteArray(bigEndian: true)]);

    /// <summary>Whose it is; null where it is no such name.</summary>
    public static (Guid Tenant, Guid Id)? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[2 * IdLength];
        return text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length == Prefix.Length + Base64Url.GetEncodedLength(bytes.Length)
            && Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length), bytes, out _, out var written) == OperationStatus.Done && written == bytes.Length
            && new Guid(bytes[..IdLength], bigEndian: true) is var tenant && tenant != Guid.Empty
                ? (tenant, new Guid(bytes[IdLength..], bigEndian: true))
                : null;
    }
}
