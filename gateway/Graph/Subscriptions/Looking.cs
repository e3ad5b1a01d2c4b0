using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Upstreams;
using CrmPlatform.Journal.Intake;
using CrmPlatform.Records.Reading;

namespace CrmPlatform.Graph.Subscriptions;

/// <summary>
/// What somebody may be told of events. An event itself says nothing to them: the service that keeps the record is asked, with their rights, which of
/// these records they see, which of those their filter describes, and whether a record that went to somebody else was theirs to see before.
/// </summary>
internal sealed class Looking(ServiceClient client, Asker asker, Wish wish, HashSet<Guid> outside)
{
    /// <summary>What they are told, in the order in which it happened.</summary>
    public async Task<IReadOnlyList<(IncomingEvent Event, Change Change)>> At(IReadOnlyList<IncomingEvent> events, CancellationToken cancel)
    {
        var found = await Task.WhenAll(events.GroupBy(e => wish.Of(e.Record)!).Select(async of => (Of: of.Key, Seen: await Ask(of.Key, [.. of], cancel))));
        var seen = found.ToDictionary(f => f.Of, f => f.Seen);
        var last = events.GroupBy(e => e.RecordId).ToDictionary(e => e.Key, e => e.Last());
        var told = new List<(IncomingEvent, Change)>();
        foreach (var e in events)
            if (wish.Of(e.Record)! is var of && Of(e, last[e.RecordId], of, seen[of]) is { } change)
                told.Add((e, change));
        return told;
    }

    /// <summary>Throws what is wrong with the filter, for the first type that does not understand it.</summary>
    public async Task Try(CancellationToken cancel)
    {
        if (wish.Filter is null && wish.Zone is null)
            return;
        foreach (var of in wish.Types)
            await Read(of, [new() { Ids = [], Filter = wish.Filter, Zone = wish.Zone, Fields = "id" }], cancel);
    }

    private Change? Of(IncomingEvent e, IncomingEvent last, Kept of, Seen seen)
    {
        var isTrashed = last.Trashed is true;
        if (isTrashed && e != last)
            return null; // that it is gone is all there is to tell
        if (seen.Rows.TryGetValue(e.RecordId, out var row))
        {
            outside.Remove(e.RecordId);
            return Change.Seen(e, of, isTrashed ? null : row);
        }
        // Told once: whoever knows that it is not on their list need not hear of it again until it is.
        if (seen.Unfiltered.Contains(e.RecordId))
            return outside.Add(e.RecordId) ? Change.Lost(e, of) : null;
        return seen.Before.Contains(e.RecordId) ? Change.Lost(e, of) : null;
    }

    private async Task<Seen> Ask(Kept of, IncomingEvent[] events, CancellationToken cancel)
    {
        var trashed = events.GroupBy(e => e.RecordId).ToLookup(e => e.Last().Trashed is true, e => e.Key);
        var (rows, unfiltered, before) = (new Dictionary<Guid, Row>(), new HashSet<Guid>(), new HashSet<Guid>());
        var questions = new List<(ReadPart Part, Action<Guid, JsonElement> Found)>();
        foreach (var (ids, isTrash) in ((Guid[], bool)[])[([.. trashed[false]], false), ([.. trashed[true]], true)])
        {
            if (ids.Length == 0)
                continue;
            var these = new ReadPart { Ids = ids, Trash = isTrash, Fields = "id" };
            var described = these with { Filter = wish.Filter, Zone = wish.Zone, Fields = isTrash ? "id" : wish.Columns[of] };
            questions.Add((described, (id, item) => rows[id] = new(of, item)));
            if (wish.Filter is not null)
                questions.Add((these, (id, _) => unfiltered.Add(id)));
        }
        if (events.Select(Before).OfType<HeldRecord>().ToArray() is { Length: > 0 } held)
            questions.Add((new() { Held = held }, (id, _) => before.Add(id)));
        var answers = await Read(of, [.. questions.Select(q => q.Part)], cancel);
        for (var i = 0; i < questions.Count; i++)
            foreach (var item in answers[i].GetProperty("lists")[0].GetProperty("items").EnumerateArray())
                questions[i].Found(item.GetProperty("id").GetGuid(), item);
        return new(rows, unfiltered, before);
    }

    private async Task<JsonElement> Read(Kept of, IReadOnlyList<ReadPart> parts, CancellationToken cancel)
    {
        var asked = JsonSerializer.SerializeToUtf8Bytes(new ReadRequest(parts), JsonSerializerOptions.Web);
        using var told = await client.Ask(asker, of.Model.Service, "POST", $"/api/v1/{of.Model.Plural}/read", asked, cancel);
        if (told.Status != 200)
            throw new GraphException(ServiceClient.Refused(told.Body));
        var answers = told.Body.GetProperty("parts").Clone();
        foreach (var answer in answers.EnumerateArray())
            if (answer.TryGetProperty("problem", out var problem))
                throw new GraphException(ServiceClient.Refused(problem));
        return answers;
    }

    // Whose a record was before it went to somebody else. What did not change need not be known: by that it would be seen still.
    private static HeldRecord? Before(IncomingEvent e)
    {
        Guid? Old(string field) => e.Changes.TryGetValue(field, out var change) && change.Old.ValueKind == JsonValueKind.String
            && change.Old.TryGetGuid(out var id) ? id : null;
        return (Old("ownerId"), Old("teamId")) is var (owner, team) && (owner ?? team) is not null ? new(e.RecordId, owner, team) : null;
    }

    private sealed record Seen(Dictionary<Guid, Row> Rows, HashSet<Guid> Unfiltered, HashSet<Guid> Before);
}
