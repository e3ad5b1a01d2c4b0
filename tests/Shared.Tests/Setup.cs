using CrmPlatform.Activities;
using CrmPlatform.Contacts;
using CrmPlatform.Testing;

[assembly: Runs(typeof(ContactsService), typeof(ActivitiesService))]
