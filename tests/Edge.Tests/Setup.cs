using CrmPlatform.Contacts;
using CrmPlatform.Edge;
using CrmPlatform.Testing;

[assembly: Runs(typeof(EdgeApp), typeof(ContactsService))]
