using CrmPlatform.Activities;
using CrmPlatform.AllInOne;
using CrmPlatform.Analytics;
using CrmPlatform.Contacts;
using CrmPlatform.Edge;
using CrmPlatform.Hosting;
using CrmPlatform.Identity;
using CrmPlatform.Leads;

App[] apps =
[
    new EdgeApp(),
    new ContactsService(),
    new ActivitiesService(),
    new AnalyticsService(),
    new IdentityService(),
    new LeadsService(),
];
return await CrmHost.Run(args, apps, [Demo.Seed, DemoLogIn.Token]);
