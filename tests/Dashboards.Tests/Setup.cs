using CrmPlatform.Activities;
using CrmPlatform.Analytics;
using CrmPlatform.Contacts;
using CrmPlatform.Testing;

[assembly: Runs(typeof(ContactsService), typeof(ActivitiesService), typeof(AnalyticsService))]
