using CrmPlatform.Contacts;
using CrmPlatform.Hosting;

return await CrmHost.Run(args, new ContactsService());
