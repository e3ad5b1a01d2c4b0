using System.Text.Json;
using System.Text.RegularExpressions;
using CrmPlatform.Access;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Query;
using CrmPlatform.Records.Doors;
using CrmPlatform.Records.Fields;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace CrmPlatform.Records.Model;

/// <summary>The record types of a service with where their doors are, and the rules that can be passed over.</summary>
public sealed record Catalogue(string Service, IReadOnlyList<(RecordType Type, string Plural)> Records, IReadOnlyList<Override> Rules);

/// <summary>Says what record types are like: what is declared, what the tenant has added, what can be asked and done.</summary>
internal sealed partial class Models(
    Catalogue catalogue, Shapes shapes, CustomFields customFields, EndpointDataSource endpoints, NpgsqlDataSource data)
{
    private readonly string declared = Digest.Of(string.Join(
        ' ', catalogue.Records.Select(r => r.Type.Clr.Module).Append(typeof(Models).Module).Distinct().Select(module => module.ModuleVersionId)));

    /// <summary>All types of the service.</summary>
    public async Task<PublishedModel> All(Session session, CancellationToken cancel)
    {
        var indexes = await FieldIndexState.Read(data, cancel);
        var all = new List<RecordModel>();
        foreach (var (type, plural) in catalogue.Records)
            all.Add(await Of(type, plural, indexes, session, cancel));
        var rights = (await session.Standing()).Rights;
        return new(
            all, [.. Slices().Where(slice => rights.Slice(slice.Name))],
            [.. catalogue.Rules.Select(rule => new OverrideModel(rule.Name, rule.Says, rights.May(rule)))], await Version(session, cancel))
        {
            Privileges = [.. Privilege.All.Where(rights.Has)],
        };
    }

    /// <summary>
    /// What the model of a caller follows from, in a word: what is declared, what the tenant has added, what the caller's roles allow. It costs nothing to
    /// say, so that whoever keeps the model hears at once that it is another one.
    /// </summary>
    public async ValueTask<string> Version(Session session, CancellationToken cancel) =>
        $"{declared}.{(await customFields.Of(session.Cause.Tenant, cancel)).Version}.{(await session.Standing()).Rights.Version}";

    /// <summary>One type.</summary>
    public async Task<RecordModel> Of(string plural, Session session, CancellationToken cancel) =>
        await Of(catalogue.Records.First(r => r.Plural == plural).Type, plural, await FieldIndexState.Read(data, cancel), session, cancel);

    private async Task<RecordModel> Of(
        RecordType type, string plural, IReadOnlyDictionary<string, FieldIndexState> indexes, Session session, CancellationToken cancel)
    {
        var shape = await shapes.Of(type, session, cancel);
        var own = (await customFields.Of(session.Cause.Tenant, cancel)).Of(type.Name);
        var deeds = new Dictionary<string, Reach>();
        foreach (var deed in Enum.GetValues<Deed>())
            deeds[JsonNamingPolicy.CamelCase.ConvertName($"{deed}")] = (await session.Reach(type, deed)).Reach;
        var fields = new FieldModels(type, await session.Sight(type), shape, own, indexes);
        return new(
            catalogue.Service, type.Name, plural, FieldModels.Words(type.Name), FieldModels.Words(plural),
            [.. fields.All()],
            [.. shape.Members.OfType<Children>().Where(c => type.Find(c.Name) is null).Select(c => new RelatedModel(c.Name, c.Link.Shape().Name, c.By ?? ""))],
            [.. endpoints.Endpoints.OfType<RouteEndpoint>().Where(e => Tags(e).Contains(plural)).Select(Door)],
            deeds)
        {
            Inputs = [.. fields.Inputs()],
        };
    }

    private IEnumerable<SliceModel> Slices() =>
        from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
        let slice = endpoint.Metadata.GetMetadata<Slice>()
        where slice is not null
        let door = Door(endpoint)
        select new SliceModel(catalogue.Service, slice.Name, door.Method, door.Route);

    private static IReadOnlyList<string> Tags(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<ITagsMetadata>()?.Tags ?? [];

    private static DoorModel Door(RouteEndpoint endpoint) => new(
        endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "",
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0] ?? "GET",
        Constraint.Replace(endpoint.RoutePattern.RawText ?? "", "}"),
        endpoint.Metadata.GetMetadata<IEndpointDescriptionMetadata>()?.Description);

    // {id:guid} is {id} to those who call.
    [GeneratedRegex(@":[^}]+\}")]
    private static partial Regex Constraint { get; }
}
