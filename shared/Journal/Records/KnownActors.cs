using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Contracts;

namespace CrmPlatform.Journal.Records;

/// <summary>Actors as rows have them. Few people enter most records, so whoever was read last is mostly who is read next.</summary>
/// <remarks>Two who share a place take turns in it; an entry is whole or not there, so no lock is needed.</remarks>
internal static class KnownActors
{
    private const int Places = 256;

    private static readonly Entry?[] Known = new Entry?[Places];

    public static Actor Of(string json)
    {
        ref var place = ref Known[string.GetHashCode(json) & (Places - 1)];
        if (Volatile.Read(ref place) is { } known && known.Json == json)
            return known.Actor;
        var actor = JsonSerializer.Deserialize<Actor>(json, Changes.Json)!;
        Volatile.Write(ref place, new Entry(json, actor));
        return actor;
    }

    private sealed record Entry(string Json, Actor Actor);
}
