using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Intake;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Deadlines;
using CrmPlatform.Records.Doors;
using CrmPlatform.Records.Jobs;
using CrmPlatform.Records.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Hosting;

/// <summary>A service's table of contents: everything it has, in one list.</summary>
public sealed class Contents
{
    private readonly List<Action<IEndpointRouteBuilder>> routes = [];
    private readonly List<Action<IServiceCollection>> registrations = [];

    internal List<(RecordType Type, string Plural)> Records { get; } = [];

    internal List<Work> Works { get; } = [];

    internal List<Type> Consumers { get; } = [];

    internal List<Copy> Copied { get; } = [];

    internal List<string> Open { get; } = [];

    internal List<Override> Rules { get; } = [];

    internal List<Deadline> Deadlines { get; } = [];

    internal List<Projection> Projections { get; } = [];

    /// <summary>The service keeps records of this type, with all the doors records have, and holds them to rules of its own.</summary>
    public void Keeps<T>(string plural, params Rule<T>[] rules)
        where T : Record
    {
        var type = new RecordType<T>(rules);
        Records.Add((type, plural));
        Works.AddRange(JobDoors.Works(type));
        foreach (var door in RecordDoors.Of(type, plural).Concat(JobDoors.Of(type, plural)))
            routes.Add(api => Map(api, door, plural, [.. Deprecations.Of(type)]));
    }

    /// <summary>
    /// Records of a type can be written once more in the background (<see cref="Rewrites"/>): those of a condition in SQL over their columns, so that rules
    /// work out anew what follows from elsewhere.
    /// </summary>
    public void Rewrites<T>(string kind, string where)
        where T : Record => Works.Add(new Rewrite<T>((RecordType<T>)Records.First(r => r.Type.IsOf(typeof(T))).Type, kind, where));

    /// <summary>A question: answers and changes nothing.</summary>
    public void Get(string route, Delegate slice) => Add(route, "GET", slice, Scopes.Read);

    /// <summary>A slice that writes something new, or does more than editing.</summary>
    public void Post(string route, Delegate slice) => Add(route, "POST", slice, Scopes.Write);

    /// <summary>A slice that changes the fields sent.</summary>
    public void Patch(string route, Delegate slice) => Add(route, "PATCH", slice, Scopes.Write);

    /// <summary>A slice that puts a record into the trash.</summary>
    public void Delete(string route, Delegate slice) => Add(route, "DELETE", slice, Scopes.Write);

    /// <summary>A consumer of events.</summary>
    public void Reacts<TConsumer>()
        where TConsumer : class => Consumers.Add(typeof(TConsumer));

    /// <summary>Keeps a copy of some fields of another service's records (<c>contacts.contact</c>) in the table <c>copy</c>.</summary>
    public void Copies(string record, params string[] fields) => Copied.Add(new Copy(record, fields));

    /// <summary>Keeps a copy of all that services tell of their records.</summary>
    public void CopiesEverything() => Copied.Add(Copy.OfEverything);

    /// <summary>Takes up events of other services by the run.</summary>
    public void Hears(Projection projection) => Projections.Add(projection);

    /// <summary>
    /// Does what follows from events of another service's records (<c>leads.lead</c>): where these are undone there, what followed is taken back here, in
    /// whatever order the two are heard of.
    /// </summary>
    public void Follows(string record) => Projections.Add(new TakenBack(record));

    /// <summary>
    /// Another service could not follow an event of this one (<c>leads.lead.converted</c>): all that its operation did is taken back here and, by that,
    /// everywhere; then this is done with the record and what was said.
    /// </summary>
    public void WhenRefused(string told, Func<Session, Guid, NotFollowed, Task> then) => Projections.Add(new Refused(told, then));

    /// <summary>Does something with records when a time they name has come.</summary>
    public void When<T>(Deadline<T> deadline)
        where T : Record => Deadlines.Add(deadline);

    /// <summary>Below these paths the service has pages or protocols of its own: the edge passes on whoever asks for them, with or without a token.</summary>
    public void Opens(params IEnumerable<string> paths) => Open.AddRange(paths);

    /// <summary>A rule can be passed over with a reason, by those whose role names it.</summary>
    public void LetsOverride(Override rule) => Rules.Add(rule);

    /// <summary>Something of the service's own that its slices need.</summary>
    public void Uses(Action<IServiceCollection> register) => registrations.Add(register);

    internal void Configure(IServiceCollection services) => registrations.ForEach(register => register(services));

    internal void Map(IEndpointRouteBuilder api)
    {
        routes.ForEach(map => map(api));
        Map(api, ModelDoors.OfService, "model");
    }

    private static void Map(IEndpointRouteBuilder api, Door door, string tag, params object[] notes)
    {
        var route = api.MapWhenAsked(door.Route, door.Method, door.Handle)
            .WithName(door.Name).WithTags(tag).WithDescription(door.Says).WithMetadata(new Needs(door.Asks ? Scopes.Read : Scopes.Write));
        route.WithMetadata([.. door.Notes, .. notes]);
        if (door.Answers is { } answers)
            route.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, answers, ["application/json"]));
    }

    private void Add(string route, string method, Delegate slice, string scope) => routes.Add(api =>
        api.MapWhenAsked(route, method, slice)
            .WithName(slice.Method.DeclaringType!.Name)
            .WithTags(route.Split('/', StringSplitOptions.RemoveEmptyEntries)[0])
            .WithMetadata(new Needs(scope), new Slice(JsonNamingPolicy.CamelCase.ConvertName(slice.Method.DeclaringType!.Name))));
}
