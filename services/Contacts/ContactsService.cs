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
        it.Keeps<Account>("accounts");
        it.Post("/accounts", CreateAccount.Handle);
        it.Get("/accounts", ListAccounts.Handle);
        it.Get("/accounts/{id:guid}", GetAccount.Handle);
        it.Patch("/accounts/{id:guid}", EditAccount.Handle);
        it.Delete("/accounts/{id:guid}", DeleteAccount.Handle);
        it.Post("/accounts/{id:guid}/merge", MergeAccounts.Handle);

        it.Keeps<Contact>("contacts");
        it.Post("/contacts", CreateContact.Handle);
        it.Get("/contacts", ListContacts.Handle);
        it.Get("/contacts/{id:guid}", GetContact.Handle);
        it.Patch("/contacts/{id:guid}", EditContact.Handle);
        it.Delete("/contacts/{id:guid}", DeleteContact.Handle);
        it.Post("/contacts/{id:guid}/restore", RestoreContact.Handle);
    }
}
