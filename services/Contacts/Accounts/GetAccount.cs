using CrmPlatform.Journal;

namespace CrmPlatform.Contacts.Accounts;

/// <summary>One company, as it is or as it was.</summary>
public static class GetAccount
{
    /// <summary>One company, as it is or, with asOf, as it was at that time.</summary>
    public static async Task<Account> Handle(Guid id, DateTimeOffset? asOf, Session session)
    {
        var account = asOf is { } at ? await History.AsOf<Account>(session, id, at) : await session.Find<Account>(id);
        return account ?? throw Refusal.NotFound("account", id);
    }
}
