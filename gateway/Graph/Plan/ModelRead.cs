using System.Text.Json;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Model;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Upstreams;
using CrmPlatform.Records.Model;

namespace CrmPlatform.Graph.Plan;

/// <summary>What there is: for the caller, as the graph they ask knows it; or for somebody who has one role, as services say it.</summary>
/// <param name="Mine">What a graph says of its records.</param>
/// <param name="Theirs">What is said of records that are not those of this graph.</param>
internal sealed record ModelRead(Func<TypeSystem, JsonElement> Mine, Func<IReadOnlyList<PublishedModel>, JsonElement> Theirs) : Elsewhere
{
    /// <summary>The argument that names the role.</summary>
    public const string Role = "role";

    private const int Services = 10;

    public override long Questions(Call call, long objects) => call.Arguments.GetValueOrDefault(Role) is null ? 0 : Services;

    public override async Task Do(Fetch fetch, Levels levels, CancellationToken cancel)
    {
        try
        {
            if (fetch.Call.Arguments.GetValueOrDefault(Role) is not string role)
                fetch.Values[0] = Mine(fetch.Call.Types);
            else
                fetch.Values[0] = Theirs(await As(role, levels, cancel));
        }
        catch (GraphException e)
        {
            fetch.Fail(e.Error);
        }
    }

    // Of what some services say alone nobody could tell what the role hides.
    private static async Task<PublishedModel[]> As(string role, Levels levels, CancellationToken cancel)
    {
        var told = await Task.WhenAll(levels.Services.Order(StringComparer.Ordinal).Select(service =>
            levels.Once(service, Address.Of(Composer.ModelRoute, [new(Role, role)]), cancel)));
        return [.. told.Select(t => t.Status < 400 ? t.Body.Deserialize<PublishedModel>(Graphs.Json)!
            : throw new GraphException(ServiceClient.Refused(t.Body)))];
    }
}
