using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Query;
using CrmPlatform.Records.Doors;
using CrmPlatform.Records.Fields;
using CrmPlatform.Records.Search;

namespace CrmPlatform.Records;

/// <summary>
/// The records of a type that a caller means by a filter and a search, as far as they see them: for what a service counts and sums of them in SQL of its
/// own, and for pages of some of them.
/// </summary>
public sealed class Chosen<T>
    where T : Record
{
    private readonly Session session;
    private readonly RecordType type;
    private readonly Reaching reach;
    private readonly Shape shape;
    private readonly Context context;
    private readonly Filter? filter;
    private readonly Searched? searched;
    private readonly Guid[]? among;

    internal Chosen(Session session, RecordType type, Reaching reach, Shape shape, Context context, Filter? filter, Searched? searched, Guid[]? among) =>
        (this.session, this.type, this.reach, this.shape, this.context, this.filter, this.searched, this.among) =
        (session, type, reach, shape, context, filter, searched, among);

    /// <summary>Asks about them.</summary>
    /// <param name="sql">
    /// The question, given where the rows come from (<c>from deal r where …</c>, to which <c> and …</c> can be added), and the places of the values.
    /// </param>
    /// <param name="values">What belongs in the places.</param>
    public Task<List<TRow>> Ask<TRow>(Func<string, IReadOnlyList<string>, string> sql, params IReadOnlyList<object> values)
    {
        var condition = Asked.All([filter], context);
        List<object> all = [session.Cause.Tenant, .. condition?.Parameters ?? []];
        var rows = $"from {type.Table} r{searched?.Join} where r.tenant = $1 and r.deleted_at is null{reach.And()}";
        if (condition is not null)
            rows += $" and ({condition.Text})";
        if (searched is not null)
        {
            rows += $" and {searched.Where(all.Count + 1)}";
            all.AddRange(searched.Values);
        }
        if (among is not null)
        {
            all.Add(among);
            rows += $" and r.id = any(${all.Count})";
        }
        var places = values.Select((_, i) => $"${all.Count + 1 + i}").ToList();
        return session.Ask<TRow>(sql(rows, places), [.. all, .. values]);
    }

    /// <summary>What holds of rows that come from records the caller sees, where these say whose the records are (<c>owner_id</c>, <c>team_id</c>).</summary>
    public string Sees(string row) => reach.Sql(row);

    /// <summary>The first of them that satisfy one more filter, the newest first, and where a list of them goes on.</summary>
    public async Task<(IReadOnlyList<T> Records, string? Next)> Page(string and, int limit)
    {
        var order = Asked.Sort(null, shape);
        var condition = Asked.All([filter, Filter.Parse(and, shape)], context);
        var (found, next) = await new Listing(session, type, reach, order, context, condition, false, searched, among).Page(null, limit);
        IReadOnlyList<Record> records = Computing.Of(type, shape, context) is { } computing ? await computing.Add(session, found) : found;
        await session.Show(records);
        return ([.. records.Cast<T>()], next?.Write(order));
    }
}

/// <summary>Chooses records.</summary>
public static class Choosing
{
    /// <summary>Reads what the caller means; what cannot be meant is refused with where and why.</summary>
    public static async Task<Chosen<T>> Choose<T>(
        this Session session, Shapes shapes, string? filter, string? q, string? zone, CancellationToken cancel)
        where T : Record
    {
        var type = session.TypeOf<T>();
        var shape = await shapes.Of(type, session, cancel);
        var (searched, among) = await Find(session, type, q);
        return new(
            session, type, await session.Reach(type, Deed.Read), shape, await Asked.Context(session, zone), Asked.Filter(filter, shape), searched, among);
    }

    private static async Task<(Searched? Searched, Guid[]? Among)> Find(Session session, RecordType type, string? q)
    {
        if (string.IsNullOrWhiteSpace(q))
            return (null, null);
        if (!type.Search.IsKept)
            throw Refusal.Invalid("q", $"Nothing of a {type.Name} is searched; records are chosen by filter.");
        var searched = await Searched.Of(session, type, Term.Read(q));
        if (searched.HidesSome)
            throw Refusal.Invalid("q", "Your roles hide what is searched, so what is found cannot be counted.");
        return (searched, await searched.IsSmall() ? null : await searched.Candidates());
    }
}
