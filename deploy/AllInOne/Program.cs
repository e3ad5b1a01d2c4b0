using CrmPlatform.Activities;
using CrmPlatform.AllInOne;
using CrmPlatform.Analytics;
using CrmPlatform.Contacts;
using CrmPlatform.Edge;
using CrmPlatform.Graph;
using CrmPlatform.Hosting;
using CrmPlatform.Identity;
using CrmPlatform.Integrations;
using CrmPlatform.Leads;
using CrmPlatform.Pipeline;

App[] apps =
[
    new EdgeApp(),
    new GraphApp(),
    new ContactsService(),
    new ActivitiesService(),
    new AnalyticsService(),
    new IdentityService(),
    new IntegrationsService(),
    new LeadsService(),
    new PipelineService(),
];
return await CrmHost.Run(args, apps, [Demo.Seed, DemoLogIn.Token]);
