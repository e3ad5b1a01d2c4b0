using CrmPlatform.Contacts;
using CrmPlatform.Edge;
using CrmPlatform.Leads;
using CrmPlatform.Testing;

[assembly: Runs(typeof(EdgeApp), typeof(ContactsService), typeof(LeadsService))]
