return await CrmPlatform.Hosting.CrmHost.Run(args, new CrmPlatform.Integrations.IntegrationsService());
