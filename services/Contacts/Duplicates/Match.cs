using CrmPlatform.Access;
using CrmPlatform.Contacts.Contacts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Contacts.Duplicates;

/// <summary>Somebody who is there already and seems to be the same.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">The name, unless it is kept from who asks.</param>
/// <param name="By">By what: <c>email</c>, <c>phone</c>, <c>domain</c>, <c>name</c>.</param>
public sealed record Match(Guid Id, string? Name, IReadOnlyList<string> By);

/// <summary>One key that is there already, and what the tenant wants to happen then; both in one row, because both come from one question.</summary>
internal sealed record Row(string? Mode, Guid? Id, string? Key, string? Name);

/// <summary>What is done about those who are there already.</summary>
internal static class Matches
{
    // More are no better hint.
    private const int MostTold = 5;

    /// <summary>Those who were found, who has most in common first.</summary>
    public static IReadOnlyList<Match> Of(IEnumerable<Row> rows) =>
    [
        .. from row in rows
           where row.Id is not null
           group row by (Id: row.Id!.Value, row.Name) into one
           orderby one.Count() descending, one.Key.Id
           select new Match(one.Key.Id, one.Key.Name, [.. one.Select(r => r.Key!.Split(' ')[0]).Distinct().Order()]),
    ];

    /// <summary>Those of who was found whom the caller sees, found by what the caller sees of them.</summary>
    public static async Task<List<Row>> Told<T>(Session session, List<Row> rows, string name)
        where T : Record
    {
        var (seen, named, told) = (await session.Seen<T>(rows.Select(r => r.Id).OfType<Guid>()), await session.Shows<T>(name), new List<Row>());
        foreach (var row in rows.Where(r => r.Id is { } id && seen.Contains(id)))
        {
            var by = row.Key!.Split(' ')[0]; // email … says something of the field emails
            if (await session.Shows<T>(by == "name" ? name : $"{by}s"))
                told.Add(named ? row : row with { Name = null });
        }
        return told;
    }

    /// <summary>Asks who is there already, unless the tenant does not want to know, and does what the tenant wants.</summary>
    public static async Task Judge<T>(Session session, string record, string name, bool meant, Func<string[]> asked, Func<string[], Task<List<Row>>> ask)
        where T : Record
    {
        // Nobody reads a hint for each of many records: there only what would be refused is worth the question.
        var known = session.Known.TryGetValue(record, out var kept) ? (OnDuplicate?)kept : null;
        if (known == OnDuplicate.Off || known == OnDuplicate.Warn && session.Cause.Actor.Door == "import")
            return;
        var (mode, keys) = (known, asked());
        var rows = mode is null or OnDuplicate.Warn ? await ask(keys) : [];
        session.Known[record] = mode ??= rows is [{ Mode: { } said }, ..] ? Enum.Parse<OnDuplicate>(said, ignoreCase: true) : OnDuplicate.Warn;
        if (mode is OnDuplicate.Ask or OnDuplicate.Block)
        {
            await session.Hold(keys.Select(key => $"{record} {key}")); // of those who enter the same at once one comes first, and the others find it
            rows = await ask(keys);
        }
        if (!rows.Exists(r => r.Id is not null) || mode == OnDuplicate.Off || mode == OnDuplicate.Ask && meant)
            return;
        var matches = Of(await Told<T>(session, rows, name)).Take(MostTold).ToList();
        if (matches.Count == 0 && mode == OnDuplicate.Warn)
            return; // what the caller does not see they are not told, though it can be in the way
        var facts = new Dictionary<string, object?> { ["record"] = record, ["matches"] = matches };
        if (mode == OnDuplicate.Warn)
            session.Warn(new Warning("possible_duplicate", $"This {record} seems to be there already.", facts));
        else
            throw new Refusal(409, "possible_duplicate", mode == OnDuplicate.Ask
                ? $"This {record} seems to be there already; send allowDuplicate: true if it is another." : $"This {record} is there already.")
            {
                Facts = facts,
            };
    }
}
