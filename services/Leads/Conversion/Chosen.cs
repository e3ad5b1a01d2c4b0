using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Leads.Leads;

namespace CrmPlatform.Leads.Conversion;

/// <summary>What a lead becomes: one that is there, which the caller may change, or a new one, which they may enter.</summary>
internal sealed record Chosen(Guid Id, bool IsNew)
{
    /// <summary>The person, and the company if there is one.</summary>
    public static async Task<(Chosen Contact, Chosen? Account)> Of(Session session, Lead lead, ConvertLead.Request request)
    {
        if (request.ContactId is not { } contact)
            return (await New(session, "contact"), await Account(session, lead, request, null));
        var known = await There(session, "contacts.contact", contact, "contactId");
        return (known, await Account(session, lead, request, (await session.Query<Guid?>(
            "select crm.id(fields -> 'accountId') from copy where tenant = @tenant and record = 'contacts.contact' and id = @contact",
            new { contact })).FirstOrDefault()));
    }

    /// <summary>Refuses unless the caller may enter records of a type, whichever service keeps them.</summary>
    public static async Task MayEnter(Session session, string record)
    {
        if ((await session.Standing()).Rights.For(record, Deed.Create) == Reach.None)
            throw Refusal.NotAllowed(record, Deed.Create);
    }

    // Somebody who is there stays with their company, unless another is named.
    private static async Task<Chosen?> Account(Session session, Lead lead, ConvertLead.Request request, Guid? employer)
    {
        if (request.AccountId is { } account)
            return request.NewAccount == true ? throw Refusal.Invalid("newAccount", "Either a company is named or one is entered.")
                : await There(session, "contacts.account", account, "accountId");
        if (request.NewAccount == true && string.IsNullOrWhiteSpace(lead.Company))
            throw Refusal.Invalid("newAccount", "The lead names no company that could be entered.");
        if (employer is { } known && request.NewAccount != true)
            return new Chosen(known, IsNew: false);
        return (request.NewAccount ?? true) && !string.IsNullOrWhiteSpace(lead.Company) ? await New(session, "account") : null;
    }

    private static async Task<Chosen> New(Session session, string record)
    {
        await MayEnter(session, record);
        return new Chosen(Guid.CreateVersion7(session.Now), IsNew: true);
    }

    private static async Task<Chosen> There(Session session, string record, Guid id, string field)
    {
        var reach = await session.ReachOfCopies(record, Deed.Update);
        var found = await session.Query<Guid>(
            $"select c.id from copy c where c.tenant = @tenant and c.record = @record and c.id = @id and not c.deleted and {reach.Includes("c.id")}",
            new { record, id, reach.Me, reach.Teams });
        return found.Count > 0 ? new Chosen(id, IsNew: false)
            : throw Refusal.BadReference(field, "A record it refers to does not exist, or is not yours to change.");
    }
}
