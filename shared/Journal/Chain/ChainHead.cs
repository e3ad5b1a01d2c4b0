namespace CrmPlatform.Journal.Chain;

/// <summary>The last link of the chain: so many entries told, the last of them, and a hash over all of them in this order.</summary>
public sealed record ChainHead(long Position, long Entry, byte[] Hash)
{
    internal static readonly ChainHead Empty = new(0, 0, new byte[32]);
}
