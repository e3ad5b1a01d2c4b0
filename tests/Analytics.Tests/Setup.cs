using CrmPlatform.Analytics;
using CrmPlatform.Contacts;
using CrmPlatform.Testing;

[assembly: Runs(typeof(ContactsService), typeof(AnalyticsService))]
