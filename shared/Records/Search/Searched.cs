using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Journal.Search;

namespace CrmPlatform.Records.Search;

/// <summary>Which records some terms find, in SQL: each term stands in the record's own text or in that of a record it refers to.</summary>
internal sealed class Searched
{
    /// <summary>How many records are looked at one by one, and put in order of what fits best.</summary>
    public const int Few = 5000;

    private const int FewReferred = 1000;

    private readonly Session session;
    private readonly RecordType type;
    private readonly IReadOnlyList<Term> terms;
    private readonly Sight sight;
    private readonly IReadOnlyList<Reference> references;

    private Searched(Session session, RecordType type, IReadOnlyList<Term> terms, Sight sight, IReadOnlyList<Reference> references) =>
        (this.session, this.type, this.terms, this.sight, this.references) = (session, type, terms, sight, references);

    private sealed record Reference(Field Field, RecordType Type, Sight Sight, Reaching Reach);

    /// <summary>What the caller searches: where they see neither a reference nor what it refers to, its text does not count.</summary>
    public static async Task<Searched> Of(Session session, RecordType type, IReadOnlyList<Term> terms)
    {
        var (sight, references) = (await session.Sight(type), new List<Reference>());
        foreach (var field in type.Search.References.Where(f => sight.Shows(f.Name)))
        {
            var target = session.TypeOf(field.Refers!);
            if (await session.Reach(target, Deed.Read) is { Reach: not Reach.None } reach)
                references.Add(new(field, target, await session.Sight(target), reach));
        }
        return new(session, type, terms, sight, references);
    }

    /// <summary>Brings in the text of the row <c>r</c> as <c>h.own</c>.</summary>
    public string Join => $" cross join lateral ("
        + $"select coalesce((select s.text from {type.Search.Table} s where s.tenant = r.tenant and s.id = r.id), '') as own offset 0) h";

    /// <summary>The values of its parameters: for each term what it looks like as a part, as a beginning and as a word.</summary>
    public IEnumerable<object> Values => terms.SelectMany(t => (object[])[t.Part, t.Start, t.Whole]);

    /// <summary>What holds of a row that is found, its first parameter being of this number.</summary>
    public string Where(int first) => string.Join(" and ", terms.Select((_, i) => Has($"${first + 3 * i}")));

    // What a record refers to is looked at only where the record's own text does not have it. Together, because a word may begin in one and end in the other.
    private string Has(string patterns) => references.Count == 0 ? $"h.own like any({patterns})"
        : $"(h.own like any({patterns}) or h.own{string.Concat(references.Select(Referred))} like any({patterns}))";

    /// <summary>How well a row fits: the least fits best. A whole word counts before a beginning, before a part, before what is referred to.</summary>
    public string Rank(int first) => string.Join(" + ", terms.Select((_, i) =>
        $"case when h.own like any(${first + 3 * i + 2}) then 0 when h.own like any(${first + 3 * i + 1}) then 1"
        + $" when h.own like any(${first + 3 * i}) then 2 else 3 end"));

    /// <summary>Whether texts hold fields by which the caller must not find anything; then what is found has to be looked at once more.</summary>
    public bool HidesSome => sight.HidesSearched || references.Any(r => r.Sight.HidesSearched);

    /// <summary>Those of what was found that the terms find by what the caller sees.</summary>
    public async Task<List<Record>> Seen(List<Record> found)
    {
        var texts = found.ConvertAll(r => type.Search.Of(r, f => sight.Shows(f.Name)));
        foreach (var (field, target, shown, reach) in references)
        {
            var others = (await session.Read(
                $"select {target.Columns} from {target.Table} r where r.tenant = $1 and r.id = any($2){reach.And()}", target.Read,
                session.Cause.Tenant, found.Select(field.Of).OfType<Guid>().Distinct().ToArray())).ToDictionary(o => o.Id);
            for (var i = 0; i < found.Count; i++)
                if (field.Of(found[i]) is Guid id && others.TryGetValue(id, out var other))
                    texts[i] += target.Search.Of(other, f => shown.Shows(f.Name)).Replace(SearchText.Break, ' ');
        }
        return [.. found.Where((_, i) => terms.All(t => t.IsIn(texts[i])))];
    }

    /// <summary>Whether a tenant has so few records that all can be looked at.</summary>
    public async Task<bool> IsSmall() => (await session.Read(
        $"select count(*) from (select from {type.Table} where tenant = $1 and deleted_at is null limit {Few + 1}) few",
        row => row.GetInt64(0), session.Cause.Tenant))[0] <= Few;

    /// <summary>Records among which are all that are found; null where they are too many to be looked at one by one.</summary>
    public async Task<Guid[]?> Candidates()
    {
        var rare = await Rare();
        if (rare.Count == 0)
            return null;
        var values = new List<object> { session.Cause.Tenant };
        var sql = rare.Exists(t => t.Ways.Count == 0) ? Narrowed(rare, values) : United(rare, values);
        var found = await session.Read(sql, row => row.GetGuid(0), [.. values]);
        return found.Count > Few ? null : [.. found];
    }

    // One term leads through no reference: the record's own text must have it, and each of the others must be there, too, or lead to the record.
    private string Narrowed(List<Led> rare, List<object> values) => Own(rare.Select(
        t => $"({string.Join(" or ", t.Ways.Select(way => $"s.id in ({Leading(way, values)})").Prepend(Like("s", t.Term, values)))})"));

    private string United(List<Led> rare, List<object> values) => string.Join(" union ", rare.SelectMany(t => t.Ways)
        .Select(way => $"({Leading(way, values)} limit {Few + 1})").Prepend($"({Own(rare.Select(t => Like("s", t.Term, values)))})"));

    private string Own(IEnumerable<string> conditions) =>
        $"select s.id from {type.Search.Table} s where s.tenant = $1 and {string.Join(" and ", conditions)} limit {Few + 1}";

    private string Leading((Field Field, Guid[] To) way, List<object> values)
    {
        values.Add(way.To);
        return $"select r.id from {type.Table} r where r.tenant = $1 and r.{way.Field.Column} = any(${values.Count})";
    }

    // Terms with the records that each reference leads to and whose text has them; without those so common that naming records says nothing.
    private async Task<List<Led>> Rare()
    {
        var rare = new List<Led>();
        foreach (var term in terms)
        {
            var ways = new List<(Field Field, Guid[] To)>();
            foreach (var reference in references)
            {
                var values = new List<object> { session.Cause.Tenant };
                var found = await session.Read(
                    $"select s.id from {reference.Type.Search.Table} s where s.tenant = $1 and {Like("s", term, values)} limit {FewReferred + 1}",
                    row => row.GetGuid(0), [.. values]);
                if (found.Count > 0)
                    ways.Add((reference.Field, [.. found]));
            }
            if (ways.TrueForAll(way => way.To.Length <= FewReferred))
                rare.Add(new(term, ways));
        }
        return rare;
    }

    private sealed record Led(Term Term, List<(Field Field, Guid[] To)> Ways);

    // Alternatives one by one: an index of trigrams does not know any().
    private static string Like(string row, Term term, List<object> values)
    {
        var alternatives = new List<string>();
        foreach (var pattern in term.Part)
        {
            values.Add(pattern);
            alternatives.Add($"{row}.text like ${values.Count}");
        }
        return $"({string.Join(" or ", alternatives)})";
    }

    private static string Referred(Reference reference)
    {
        var (field, target, reach) = (reference.Field, reference.Type, reference.Reach);
        var seen = reach.Reach == Reach.All ? ""
            : $" and exists (select from {target.Table} o where o.tenant = s.tenant and o.id = s.id{reach.And("o")})";
        return $" || coalesce((select translate(s.text, E'\\n', ' ') from {target.Search.Table} s"
            + $" where s.tenant = r.tenant and s.id = r.{field.Column}{seen}), '')";
    }
}
