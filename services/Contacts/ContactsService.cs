using CrmPlatform.Contacts.Accounts;
using CrmPlatform.Contacts.Contacts;
using CrmPlatform.Contacts.Duplicates;
using CrmPlatform.Hosting;
using CrmPlatform.Records;

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
        it.Keeps<Account>("accounts", CleanAccount.Rule, FindDuplicateAccounts.Rule);
        it.Get("/accounts/duplicates", FindDuplicateAccounts.Handle);
        it.Post("/accounts/{id:guid}/merge", MergeAccounts.Handle);

        it.Keeps<Contact>("contacts", CleanContact.Rule, EnterAccount.Rule, Lifecycle.Rule, FindDuplicateContacts.Rule);
        it.Get("/contacts/duplicates", FindDuplicateContacts.Handle);
        it.Post("/contacts/{id:guid}/merge", MergeContacts.Handle);
        it.Post("/contacts/{id:guid}/change-job", ChangeJob.Handle);
        it.Keeps<AccountContact>("accountContacts", AccountContact.Rule);
        it.Keeps<ContactRelation>("contactRelations", ContactRelation.Rule);
        it.Keeps<Consent>("consents", Consent.Rule);
        it.Keeps<ContactSettings>("contactSettings", Administered.Rule);

        it.Reacts<OnLeadConverted>();
        it.Follows("leads.lead");
    }
}
