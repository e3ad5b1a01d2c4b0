using CrmPlatform.Contacts;
using CrmPlatform.Edge;
using CrmPlatform.Graph;
using CrmPlatform.Identity;
using CrmPlatform.Testing;

[assembly: Runs(typeof(EdgeApp), typeof(GraphApp), typeof(ContactsService), typeof(IdentityService))]
