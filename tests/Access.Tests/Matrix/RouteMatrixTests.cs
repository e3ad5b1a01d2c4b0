using System.Collections.Concurrent;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Access.Tests.Matrix;

/// <summary>
/// Every route of every service, from the services' own tables, asked by everybody there can be: each ready-made role; who sees nothing, their own, their
/// team's and everything, about a record just within and one just beyond; who may do everything, but in another tenant. What each must be answered
/// follows from what their role says, so a new route, a new record type and a new service are asked without anybody thinking of it.
/// </summary>
public sealed class RouteMatrixTests
{
    [Fact]
    public async Task Every_route_of_every_service_does_for_everybody_what_their_role_says_and_no_more()
    {
        var crm = await TestCrm.Tenant();
        var (samples, tables, routes) = (new Samples(crm), Table.All(crm), Route.All(crm));
        await samples.Begin();
        var askers = await Asker.All(crm, routes.Select(r => r.Service).Distinct(), samples.Ada, samples.Team);
        var (wrong, asked) = (new ConcurrentBag<string>(), 0);

        // A type's routes one after the other, the types side by side.
        await Parallel.ForEachAsync(routes.GroupBy(r => (r.Service, r.Plural)), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (group, _) =>
        {
            var known = new Dictionary<(Whose, Before), Target?>();
            foreach (var route in group)
                foreach (var asker in askers)
                    if (await Told(route, asker, known) is { } problem)
                        wrong.Add(problem);
        });

        Assert.True(wrong.IsEmpty, $"{wrong.Count} wrong answers of {asked} of {routes.Count} routes:\n{string.Join('\n', wrong.Order().Take(60))}");
        Assert.True(asked > 10 * routes.Count, $"Only {asked} questions were asked of {routes.Count} routes.");

        // What could not even be asked is no reason not to hear of the rest.
        async Task<string?> Told(Route route, Asker asker, Dictionary<(Whose, Before), Target?> known)
        {
            try
            {
                return await Answered(route, asker, known);
            }
            catch (Xunit.Sdk.XunitException e)
            {
                return $"{route}, asked by {asker}: {e.Message}";
            }
        }

        async Task<string?> Answered(Route route, Asker asker, Dictionary<(Whose, Before), Target?> known)
        {
            var probe = Probe.Of(route);
            var table = tables.FirstOrDefault(t => t.Service == route.Service && t.Plural == route.Plural)
                ?? tables.FirstOrDefault(t => t.Service == route.Service && !Samples.IsSingle(t.Record) && !Samples.IsMadeByLoggingIn(t.Record));
            var target = table is null ? Nowhere : await Prepared(table, asker.Whose, probe.Before, known);
            if (target is null)
                return null; // nothing of the type is theirs
            Interlocked.Increment(ref asked);
            var id = probe.Before >= Before.Import ? target.Part : route.Plural == "operations" ? target.Operation : target.Id;
            var body = probe.SendsNew ? await samples.Fields(table!, $"n{Guid.CreateVersion7():N}") : probe.Body(target);
            var answer = await crm.Service(route.Service).WithToken(asker.Token).Send(route.Method, route.Path(id) + probe.Query(target), body);
            if (table is not null && (Samples.IsSingle(table.Record) || (route.Changes && answer.Status < 400)))
                known.Remove((asker.Whose, probe.Before)); // the only one of its type is made of the one before
            var expected = table is null && route.Plural == "operations" ? Expected.No
                : probe.Expects(new Question(table ?? tables.First(t => t.Record == "contact"), asker));
            var shows = $"{answer.Text} {string.Concat(answer.Headers.Values)}".Contains(target.Word, StringComparison.Ordinal);
            return !expected.Statuses.Contains(answer.Status)
                ? $"{route}, asked by {asker}: expected {string.Join(" or ", expected.Statuses.Distinct())}, but it is {answer}"
                : expected.Shows is { } must && must != shows
                    ? $"{route}, asked by {asker}: {(shows ? "shows what it must not" : "does not show it")}: {answer}" : null;
        }

        // What is only looked at, or was refused to be changed, is there for the next.
        async Task<Target?> Prepared(Table table, Whose whose, Before before, Dictionary<(Whose, Before), Target?> known)
        {
            if (!known.TryGetValue((whose, before), out var target))
                known[(whose, before)] = target = await samples.Make(table, whose, before);
            return target;
        }
    }

    private static Target Nowhere => new("", Guid.CreateVersion7(), $"w{Guid.CreateVersion7():N}", Guid.CreateVersion7());
}
