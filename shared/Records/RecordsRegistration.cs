using CrmPlatform.Access.Roles;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Fields;
using CrmPlatform.Records.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrmPlatform.Records;

/// <summary>Registers what the doors of records need.</summary>
public static class RecordsRegistration
{
    /// <summary>What can be asked of records, what they are like, and the keeper of custom fields' indexes.</summary>
    public static void AddRecords(
        this IServiceCollection services, string service, IReadOnlyList<(RecordType Type, string Plural)> records, IReadOnlyList<Override> rules)
    {
        services.AddSingleton(new Catalogue(service, records, rules));
        services.AddSingleton<Models>();
        services.AddSingleton<Shapes>();
        services.AddSingleton<FieldIndexes>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<FieldIndexes>());
    }
}
