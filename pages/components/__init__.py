"""The two components that are worked on by hand: the journey map and the impact/effort matrix.

Both are custom components of Streamlit (version 2): plain JavaScript and CSS, no build step, nothing from another host.
A page gives a model and a handler; the handler receives checked events and turns them into commands. ::

    from pages.components.journey_map import JourneyView, journey_map
    from pages.components import journey_events as happened

    def on_event(event: happened.Event) -> None:
        match event:
            case happened.EmotionSet(stage=stage, value=value): store.apply(...)
            case happened.CardMoved(id=id, stage=stage, lane=lane, before=before): ...

    journey_map(model, language="fr", key="map", on_event=on_event)

The contract
------------
*The model is the truth.* Every run draws it; ``on_event`` is called before the script runs again (like a widget's
callback), so the model of that run must already hold what the event changed. What Python refuses is simply absent from
the next model, and the browser shows that.

*Nothing is lost and nothing comes twice.* The browser shows an act at once, keeps its event until Python has
acknowledged it and sends all that wait together, also after it was drawn anew under the same ``key``.
``on_event`` gets each once, oldest first. Events carry ids of the
model, never positions: ``before`` is the neighbour that follows (None: at the end), ``after`` the one that precedes
(None: at the start); of two, one that was deleted meanwhile is None. ``nonce`` is unique to the act. What no longer fits
since somebody deleted what it was about goes to ``on_lost`` (journey map), so that the person can be told.

*Others may edit meanwhile.* Draw inside ``@st.fragment(run_every=1)`` with a constant ``key``: a new model never closes
a text field, never takes the focus or the scroll, never moves what a hand is dragging.

*The browser is not trusted.* ``parse_event(raw, model)`` of each module checks types, ids, ranges and lengths, and
answers None for what does not hold; ``journey_map`` and ``matrix`` call it.

Journey map: kinds of ``journey_events`` (class: wire name and fields)
----------------------------------------------------------------------
====================  ==================================================================================
EmotionSet            emotion: stage, value (-2…2 in halves); over a measured value it is an override
EmotionReset          emotion_reset: stage
CardMoved             move_card: id, stage, lane, before, after, step (None: in none; absent: the neighbour's)
TouchpointMoved       move_touchpoint: id (of the placement), stage, before, after, step
StageMoved            move_stage: id, before
LaneMoved             move_lane: id, before
LaneCollapsed         collapse_lane: id, collapsed
StepMoved             move_step: id, before
StepSet               set_step: what (card, touchpoint), id, step (None: in none)
StepsAdded            add_step: stage, names (1–200)
StageAdded            add_stage: name, before
CardsAdded            add_card: stage, lane, texts (1–200)
TouchpointsAdded      add_touchpoint: stage, names (1–200)
NameChanged           rename_stage, _step, _lane, _card, _touchpoint: what, id, text
GoalSet               set_goal: id (of the stage), text (may be empty)
Removed               delete_stage, delete_step, delete_card, delete_touchpoint: what, id
CardColoured          colour_card: id, colour (one of CARD_COLOURS)
CardSpanned           span_card: id, span
OpenAsked             open: what (stage, card, touchpoint), id
UndoAsked, RedoAsked  undo, redo
====================  ==================================================================================

Matrix: events of ``matrix``
----------------------------
====================  ==================================================================================
Moved                 moved: id, effort, impact (on their scales and steps)
Selected              select: ids (none: the choice was cleared)
OpenAsked             open: id
UndoAsked, RedoAsked  undo, redo
====================  ==================================================================================

Models are the TypedDicts ``JourneyView`` and ``MatrixView``; they must be ready for JSON: None where nothing is known,
never NaN. Texts are built here in the asked language; French stands in ``analysis/locales/fr/components.po``.
"""
