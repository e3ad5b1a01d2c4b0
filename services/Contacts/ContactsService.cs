using CrmPlatform.Contacts.Accounts;
using CrmPlatform.Contacts.Contacts;
using CrmPlatform.Hosting;

namespace CrmPlatform.Contacts;

/// <summary>People and the companies they work for.</summary>
public sealed class ContactsService : Service
{
    /// <inheritdoc/>
    public override string Name => "contacts";

    /// <inheritdoc/>
    public override int PortOffset => 1;

    /// <inheritdoc/>
    protected override void Declare(Contents it)
    {
        it.Keeps<Account>("accounts", CleanAccount.Rule);
        it.Post("/accounts/{id:guid}/merge", MergeAccounts.Handle);

        it.Keeps<Contact>("contacts", CleanContact.Rule, Lifecycle.Rule);
        it.Keeps<AccountContact>("accountContacts", AccountContact.Rule);
        it.Keeps<ContactRelation>("contactRelations", ContactRelation.Rule);
        it.Keeps<Consent>("consents", Consent.Rule);
        it.Keeps<ContactSettings>("contactSettings");
    }
}
