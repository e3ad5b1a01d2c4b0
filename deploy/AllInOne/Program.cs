using CrmPlatform.Activities;
using CrmPlatform.AllInOne;
using CrmPlatform.Analytics;
using CrmPlatform.Contacts;
using CrmPlatform.Hosting;

App[] apps =
[
    new ContactsService(),
    new ActivitiesService(),
    new AnalyticsService(),
];
return await CrmHost.Run(args, apps, [Demo.Seed]);
