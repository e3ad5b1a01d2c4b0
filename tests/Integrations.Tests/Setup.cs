using CrmPlatform.Contacts;
using CrmPlatform.Edge;
using CrmPlatform.Integrations;
using CrmPlatform.Testing;

[assembly: Runs(typeof(EdgeApp), typeof(ContactsService), typeof(IntegrationsService))]
