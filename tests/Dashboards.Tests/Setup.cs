using CrmPlatform.Activities;
using CrmPlatform.Analytics;
using CrmPlatform.Contacts;
using CrmPlatform.Edge;
using CrmPlatform.Testing;

[assembly: Runs(typeof(EdgeApp), typeof(ContactsService), typeof(ActivitiesService), typeof(AnalyticsService))]
