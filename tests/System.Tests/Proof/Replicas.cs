using System.Text.Json;
using CrmPlatform.SystemTests.Platform;
using CrmPlatform.Testing;

namespace CrmPlatform.SystemTests.Proof;

/// <summary>What services keep of the records of contacts, held against these: as the doors of contacts show them, one by one.</summary>
internal sealed class Replicas(RealPlatform platform, Guid tenant)
{
    private static readonly string[] Keepers = ["pipeline", "leads", "activities", "analytics"];

    private static readonly Dictionary<string, string> Sources = new() { ["contacts.contact"] = "contacts", ["contacts.account"] = "accounts" };

    /// <summary>Until when a service says that it knows what has happened in contacts.</summary>
    public async Task<DateTimeOffset?> AsOf(string keeper)
    {
        var replicas = (await platform.Service(keeper, tenant).Get($"/{keeper}/replicas")).Expect(200).Body.EnumerateArray();
        var said = replicas.Single(r => r.GetProperty("source").GetString() == "contacts");
        Assert.Equal(0, said.GetProperty("waiting").GetInt64());
        return said.GetProperty("asOf").ValueKind == JsonValueKind.Null ? null : said.GetProperty("asOf").GetDateTimeOffset();
    }

    /// <summary>Waits until every service says that it knows all that has happened until a moment.</summary>
    public async Task Know(DateTimeOffset moment)
    {
        foreach (var keeper in Keepers)
            await TestCrm.Eventually(async () => Assert.True(await AsOf(keeper) >= moment, $"{keeper} does not know it yet."), HostProcess.Patience);
    }

    /// <summary>What is different, a sentence each: every field that a service keeps of every record, and whether it is in the trash.</summary>
    public async Task<List<string>> Differences()
    {
        var (differences, compared) = (new List<string>(), 0);
        var sources = new Dictionary<string, Dictionary<Guid, (JsonElement Record, bool Trashed)>>();
        foreach (var (record, plural) in Sources)
            sources[record] = await All(plural);
        foreach (var keeper in Keepers)
        {
            var copies = await platform.Rows(
                keeper, "select record, id, version, fields::text, deleted from copy where tenant = $1 and record = any($2)",
                row => new Copied(
                    row.GetString(0), row.GetGuid(1), row.GetInt32(2), JsonSerializer.Deserialize<JsonElement>(row.GetString(3)), row.GetBoolean(4)),
                tenant, Sources.Keys.ToArray());
            foreach (var copy in copies)
                differences.AddRange(sources[copy.Record].TryGetValue(copy.Id, out var source)
                    ? Compared(keeper, copy, source.Record, source.Trashed) : [$"{keeper} has {copy.Record} {copy.Id}, which is nowhere."]);
            compared += copies.Count;
            foreach (var record in copies.Select(c => c.Record).Distinct())
                differences.AddRange(sources[record].Keys.Except(copies.Where(c => c.Record == record).Select(c => c.Id))
                    .Select(id => $"{keeper} has no {record} {id}."));
        }
        Assert.True(compared > 20, $"Only {compared} copies were compared.");
        return differences;
    }

    private static IEnumerable<string> Compared(string keeper, Copied copy, JsonElement source, bool trashed)
    {
        if (copy.Deleted != trashed || copy.Version != source.GetProperty("version").GetInt32())
            yield return $"{keeper}: {copy.Record} {copy.Id} is {copy.Version} {copy.Deleted} instead of {source.GetProperty("version")} {trashed}.";
        foreach (var field in copy.Fields.EnumerateObject())
            if (!JsonElement.DeepEquals(field.Value, source.GetProperty(field.Name)))
                yield return $"{keeper}: {field.Name} of {copy.Record} {copy.Id} is {field.Value} instead of {source.GetProperty(field.Name)}.";
    }

    private async Task<Dictionary<Guid, (JsonElement, bool)>> All(string plural)
    {
        var all = new Dictionary<Guid, (JsonElement, bool)>();
        foreach (var trash in (bool[])[false, true])
            for (string? cursor = ""; cursor is not null;)
            {
                var page = (await platform.Service("contacts", tenant).Get(
                    $"/{plural}?limit=200{(trash ? "&trash=true" : "")}{(cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : "")}")).Expect(200);
                foreach (var record in page["items"].EnumerateArray())
                    all[record.GetProperty("id").GetGuid()] = (record, trash);
                cursor = page["nextCursor"].GetString();
            }
        return all;
    }

    private sealed record Copied(string Record, Guid Id, int Version, JsonElement Fields, bool Deleted);
}
