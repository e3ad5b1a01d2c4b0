using CrmPlatform.Hosting;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Model;
using CrmPlatform.Testing;

namespace CrmPlatform.Access.Tests.Matrix;

/// <summary>A record type of a service, and where its doors are.</summary>
internal sealed record Table(string Service, RecordType Type, string Plural, IReadOnlyList<Table> Neighbours)
{
    public string Record => Type.Name;

    /// <summary>The type of the same service that is called so.</summary>
    public Table? Neighbour(string record) => Neighbours.FirstOrDefault(t => t.Record == record);

    /// <summary>All of all services.</summary>
    public static IReadOnlyList<Table> All(TestCrm crm) =>
    [
        .. crm.Home.Apps.OfType<Service>().SelectMany(service =>
        {
            var tables = new List<Table>();
            tables.AddRange(crm.Home.Get<Catalogue>(service.Name).Records.Select(r => new Table(service.Name, r.Type, r.Plural, tables)));
            return tables;
        }),
    ];
}
