using CrmPlatform.Activities;
using CrmPlatform.Contacts;
using CrmPlatform.Leads;
using CrmPlatform.Pipeline;
using CrmPlatform.Testing;

[assembly: Runs(typeof(ContactsService), typeof(LeadsService), typeof(PipelineService), typeof(ActivitiesService))]
