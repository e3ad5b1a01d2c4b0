using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>A person goes to another company: the old one stays known with its last day, the new one with its first.</summary>
public static class ChangeJob
{
    /// <summary>Where the person goes, as what, from which day on; without a company the person only leaves.</summary>
    public sealed record Request(Guid? AccountId = null, [property: StringLength(200)] string? JobTitle = null, DateOnly? On = null);

    /// <summary>Moves a person to another company and keeps the old one as history.</summary>
    public static async Task<Contact> Handle(Guid id, Request request, Session session)
    {
        var contact = await session.Lock<Contact>(id);
        if (contact.AccountId == request.AccountId)
            throw Refusal.Invalid("accountId", "The person works there already.");
        var on = request.On ?? DateOnly.FromDateTime(session.Now.UtcDateTime);
        if (contact.AccountId is { } old)
            await Leave(contact, old, on, session);
        if (request.AccountId is { } next && await Current(contact, next, session) is null)
            await session.Create(new AccountContact { ContactId = id, AccountId = next, JobTitle = request.JobTitle, From = on });
        return await session.Change(contact, contact with { AccountId = request.AccountId, JobTitle = request.JobTitle, Department = null });
    }

    private static async Task Leave(Contact contact, Guid account, DateOnly on, Session session)
    {
        if (await Current(contact, account, session) is { } part)
            await session.Change(part, part with { To = on });
        else
            await session.Create(new AccountContact { ContactId = contact.Id, AccountId = account, JobTitle = contact.JobTitle, To = on });
    }

    private static async Task<AccountContact?> Current(Contact contact, Guid account, Session session)
    {
        var parts = await session.List<AccountContact>(
            "contact_id = @contact and account_id = @account and \"to\" is null and deleted_at is null", new { contact = contact.Id, account }, locks: true);
        return parts is [var part] ? part : null;
    }
}
