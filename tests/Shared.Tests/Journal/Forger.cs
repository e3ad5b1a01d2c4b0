using CrmPlatform.Journal.Chain;
using CrmPlatform.Journal.Relay;
using CrmPlatform.Testing;

namespace CrmPlatform.Shared.Tests.Journal;

/// <summary>Somebody who may write everything in the database and knows how the chain is made.</summary>
internal static class Forger
{
    /// <summary>Recomputes the chain from a position on, with the platform's own hash, so that it is whole again in itself.</summary>
    public static async Task Rechain(Sql admin, long from)
    {
        var previous = from == 1 ? ChainHead.Empty.Hash : await admin.Value<byte[]>("select hash from chain where position = $1", from - 1);
        var links = await admin.Rows(
            $"""
            select c.position, {Entry.Columns} from chain c join journal j on j.entry = c.entry
            where c.position >= $1 order by c.position
            """,
            row => (Position: row.GetInt64(0), Entry: Entry.Read(row, from: 1)),
            from);
        foreach (var (position, entry) in links)
        {
            previous = entry.Hash(previous);
            await admin.Execute("update chain set hash = $2 where position = $1", position, previous);
        }
    }
}
