using System.Buffers.Binary;
using System.Buffers.Text;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Hosting.Doors;

/// <summary>A page of a list, and how to get the next one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Which page is wanted: a place in the order "newest first", so that page 10,000 costs what page 1 costs.</summary>
public sealed record PageRequest(DateTimeOffset Before, Guid BeforeId, int Limit)
{
    private const int Usual = 50;
    private const int Most = 200;

    /// <summary>Reads what the client sent.</summary>
    public static PageRequest From(string? cursor, int? limit)
    {
        if (limit is < 1 or > Most)
            throw Refusal.Invalid("limit", $"limit is between 1 and {Most}.");
        var place = cursor is null ? (At: DateTimeOffset.MaxValue, Id: Guid.AllBitsSet) : Decode(cursor);
        return new PageRequest(place.At, place.Id, (limit ?? Usual) + 1); // one more tells whether there is a next page
    }

    /// <summary>The page of the rows found.</summary>
    public Page<T> Cut<T>(List<T> rows)
        where T : Record
    {
        if (rows.Count < Limit)
            return new Page<T>(rows, null);
        rows.RemoveAt(rows.Count - 1);
        return new Page<T>(rows, Encode(rows[^1]));
    }

    private static string Encode(Record last)
    {
        Span<byte> place = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(place, last.CreatedAt.UtcTicks);
        last.Id.TryWriteBytes(place[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(place);
    }

    private static (DateTimeOffset At, Guid Id) Decode(string cursor)
    {
        Span<byte> place = stackalloc byte[24];
        if (cursor.Length != 32 || !Base64Url.TryDecodeFromChars(cursor, place, out var written) || written != 24)
            throw Refusal.Invalid("cursor", "This is no cursor of an earlier page.");
        var ticks = BinaryPrimitives.ReadInt64BigEndian(place);
        return ticks is >= 0 and <= 3155378975999999999
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(place[8..], bigEndian: true))
            : throw Refusal.Invalid("cursor", "This is no cursor of an earlier page.");
    }
}
