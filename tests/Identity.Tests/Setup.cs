using CrmPlatform.Contacts;
using CrmPlatform.Identity;
using CrmPlatform.Testing;

[assembly: Runs(typeof(IdentityService), typeof(ContactsService))]
