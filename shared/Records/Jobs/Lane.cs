using System.Text.Json;
using CrmPlatform.Contracts;

namespace CrmPlatform.Records.Jobs;

/// <summary>A share of a job, done in order beside the others.</summary>
/// <param name="Number">Which one it is, from 0.</param>
/// <param name="All">How many there are, for as long as the job lives.</param>
/// <param name="Place">Where it goes on; null at its beginning.</param>
/// <param name="HasEnded">Whether all of it is done.</param>
internal sealed record Lane(int Number, int All, JsonElement? Place, bool HasEnded)
{
    /// <summary>The shares of a job: those it has been begun with, else as many as its kind of work takes.</summary>
    public static IReadOnlyList<Lane> Of(Job job, Work work)
    {
        var states = States(job.Place, work.Lanes(job));
        return [.. states.Select((state, i) => new Lane(i, states.Count, state.Place, state.HasEnded))];
    }

    /// <summary>What the job keeps of all of them once this one has done another step; and whether that was the last of all.</summary>
    public (string Kept, bool IsOver) After(JsonElement? kept, Step step)
    {
        var states = States(kept, All);
        states[Number] = new State(step.Place, step.IsLast);
        return (JsonSerializer.Serialize(states, Changes.Json), states.TrueForAll(state => state.HasEnded));
    }

    private static List<State> States(JsonElement? kept, int lanes) => kept switch
    {
        { ValueKind: JsonValueKind.Array } states => states.Deserialize<List<State>>(Changes.Json)!,
        { ValueKind: JsonValueKind.Number or JsonValueKind.String } place => [new State(place, false)], // as jobs kept it when they had one share
        _ => [.. Enumerable.Repeat(new State(null, false), lanes)],
    };

    private sealed record State(JsonElement? Place, bool HasEnded);
}
