using CrmPlatform.Contacts;
using CrmPlatform.Edge;
using CrmPlatform.Identity;
using CrmPlatform.Testing;

[assembly: Runs(typeof(EdgeApp), typeof(IdentityService), typeof(ContactsService))]
