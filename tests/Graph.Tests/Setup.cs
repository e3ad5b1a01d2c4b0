using CrmPlatform.Activities;
using CrmPlatform.Contacts;
using CrmPlatform.Edge;
using CrmPlatform.Graph;
using CrmPlatform.Identity;
using CrmPlatform.Integrations;
using CrmPlatform.Pipeline;
using CrmPlatform.Testing;

[assembly: Runs(
    typeof(EdgeApp), typeof(GraphApp), typeof(ContactsService), typeof(ActivitiesService), typeof(IdentityService), typeof(IntegrationsService),
    typeof(PipelineService))]
