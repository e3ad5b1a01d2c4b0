using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Records.Cleaning;

namespace CrmPlatform.Leads.Conversion;

/// <summary>
/// Who of contacts a lead may already be: the same e-mail address, phone number or domain for certain; the same name, or one that sounds like it, maybe.
/// Of those alone whom the caller sees.
/// </summary>
public static class FindLeadMatches
{
    /// <summary>People and companies the lead may already be.</summary>
    public sealed record Found(IReadOnlyList<Match> Contacts, IReadOnlyList<Match> Accounts);

    /// <summary>One of them.</summary>
    /// <param name="Id">Which one.</param>
    /// <param name="Name">Its name, unless it is kept from the caller.</param>
    /// <param name="By">By what it was found, the surest first: <c>email</c>, <c>phone</c>, <c>domain</c>, <c>name</c>, <c>sound</c>.</param>
    /// <param name="Exact">Whether one of these is certain.</param>
    /// <param name="AccountId">A person's company.</param>
    public sealed record Match(Guid Id, string? Name, IReadOnlyList<string> By, bool Exact, Guid? AccountId);

    // The surest first; and the field of the other service that each says something of.
    private static readonly (string Key, bool Exact, string OfContact, string OfAccount)[] Kinds =
    [
        ("email", true, "emails", ""), ("phone", true, "phones", ""), ("domain", true, "", "domains"), ("name", false, "lastName", "name"),
        ("sound", false, "lastName", "name"),
    ];

    /// <summary>Who of contacts a lead may already be, who has most in common first.</summary>
    public static async Task<Found> Handle(Guid id, Session session)
    {
        var lead = await session.Find<Lead>(id) ?? throw Refusal.NotFound("lead", id);
        var person = new { lead.FirstName, lead.LastName, lead.Emails, lead.Phones };
        string[] sites = [.. new[] { lead.Website }.OfType<string>(), .. lead.Emails.Select(e => e.Address[(e.Address.LastIndexOf('@') + 1)..])];
        var company = new { Name = lead.Company, Domains = sites.Select(Clean.Domain).Distinct() };
        return new Found(
            await Ask(session, "contacts.contact", "person_keys", person, "concat_ws(' ', c.fields ->> 'firstName', c.fields ->> 'lastName')"),
            await Ask(session, "contacts.account", "company_keys", company, "c.fields ->> 'name'"));
    }

    private static async Task<IReadOnlyList<Match>> Ask(Session session, string record, string keys, object like, string name)
    {
        var (reach, isPerson) = (await session.ReachOfCopies(record), record == "contacts.contact");
        var rows = await session.Query<Row>(
            $"""
            select k.id, k.key, {name} as name, crm.id(c.fields -> 'accountId') as account
            from copy_key k join copy c on c.tenant = k.tenant and c.record = k.record and c.id = k.id
            where k.tenant = @tenant and k.record = @record and k.key = any({keys}(@like::jsonb)) and {reach.Includes("k.id")} limit 200
            """,
            new { record, like = JsonSerializer.Serialize(like, Changes.Json), reach.Me, reach.Teams });
        return
        [
            .. from row in rows
               let kind = Array.FindIndex(Kinds, k => row.Key.StartsWith(k.Key + " ", StringComparison.Ordinal))
               where reach.Shows(isPerson ? Kinds[kind].OfContact : Kinds[kind].OfAccount)
               group (Kinds[kind], kind) by row with { Key = "" } into one
               let exact = one.Any(k => k.Item1.Exact)
               orderby exact descending, one.Count() descending, one.Min(k => k.kind), one.Key.Id
               select Of(one.Key, [.. one.OrderBy(k => k.kind).Select(k => k.Item1.Key).Distinct()], exact, reach, isPerson)
        ];
    }

    private static Match Of(Row row, IReadOnlyList<string> by, bool exact, CopyReach reach, bool isPerson) => new(
        row.Id, reach.Shows(isPerson ? "lastName" : "name") ? row.Name : null, by, exact, reach.Shows("accountId") ? row.Account : null);

    private sealed record Row
    {
        public required Guid Id { get; init; }

        public required string Key { get; init; }

        public string? Name { get; init; }

        public Guid? Account { get; init; }
    }
}
