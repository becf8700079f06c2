// Owns the English words of the templates, as a grower says them in front of a phone.
import type { TemplateWords } from './template.ts';

export const templateEn: TemplateWords = {
  titleOf: { fruit: 'Selling fruit', vegetables: 'Selling vegetables', grain: 'Selling grain', tea: 'Selling tea', honey: 'Selling honey', 'eggs-meat': 'Selling eggs and meat', dried: 'Selling dried goods', general: 'For anything' },
  opening: [
    'Hello everybody, welcome to {seller}. If you have just come in, stay a minute.',
    'I am out here where it grows. What I sell is ours, and you can see it.',
    'Today I have {goods} for you. I will open it in front of you. Ask me anything, just type it.',
  ],
  price: [
    'Now the price. {goods}, today {price}.',
    'Once more: {price}. Tap the little picture and it is yours.',
    'The number on the screen is what I really have left. When it is gone, it is gone.',
  ],
  delivery: ['Order today and we pack it tomorrow at the earliest.', 'If something arrives broken, send me a photo and we settle it the way it is written there. You will not lose out.'],
  closing: [
    'That is it for today. Thank you for staying with me.',
    'If you have ordered: we start packing tonight.',
    'If you missed it, follow us, and your phone tells you when we are on again. See you!',
  ],
  kinds: {
    fruit: {
      origin: ['{goods} from {origin}: look behind me, that is where it grows.', 'Hot days and cool nights: that is where the sweetness comes from.', 'Ripe on the tree. We never pick green.'],
      demonstration: ['I take one, any one, and cut it right here.', 'Hear that? And look at the juice running down the knife.', 'Let me try it… sweet, with a little bite. Not just sugar.'],
      grade: ['What we send today is {grade}. Look at the size next to my hand.', 'Bruised ones we take out while packing.', 'A freckle on the skin is only weather. You will not taste it.'],
      objections: [
        { asked: 'The supermarket is cheaper', answer: 'You do not know how long theirs lay in the cold store. Mine hung on the tree yesterday. Try a small box first, and if it is not good, come to me.' },
        { asked: 'Are they sweet?', answer: 'I cut it and ate it in front of you. If you like them crisp, eat them now; if you like them soft, give them two days.' },
        { asked: 'Will they bruise on the way?', answer: 'Each one sits in its own net, with padding around. If any are bad, send a photo the day they come, and I make good every one.' },
      ],
    },
    vegetables: {
      origin: ['{goods} from our own field in {origin}, cut this morning with the dew on.', 'That is the field. The water comes down from the hill.', 'What we spray and when is in our book. Ask me and I tell you.'],
      demonstration: ['I snap one for you. Hear it?', 'Look, there is still earth on it.', 'I have a pot here. Half a minute in the water, and look at that green.'],
      grade: ['Today it is {grade}. The outer leaves are off.', 'I put a bunch on the scale for you. Full weight.'],
      objections: [
        { asked: 'Cheaper at the market', answer: 'That has been through many hands. This is cut in the morning and sent the same day, so it is still firm when you get it.' },
        { asked: 'Do you spray?', answer: 'I tell you straight: what, and when, is in the book, and we wait the days one has to wait. Not sure? Try one portion.' },
        { asked: 'Will it wilt?', answer: 'It travels in a bag that breathes, with ice. Ten minutes in cold water, and it stands up again.' },
      ],
    },
    grain: {
      origin: ['This is {goods} from {origin}, this year’s harvest. I do not sell old stock.', 'One harvest a year. It takes its time, and you smell it.'],
      demonstration: ['I take a handful and shake it. No broken grains.', 'There is a pot on. I lift the lid: every grain by itself.', 'I try it plain first. It has a bite to it.'],
      grade: ['This is {grade}, sieved twice. No grit, no stones.', 'We do not polish it. It shines less and tastes more.'],
      objections: [
        { asked: 'Dearer than the shop', answer: 'Much of what shops sell is mixed with old grain. Cook one pot of this and smell the kitchen, then compare.' },
        { asked: 'Is it really new?', answer: 'The day it was milled is on the bag. Look, here.' },
        { asked: 'Will it get weevils?', answer: 'There is nothing in it against them. Buy a little at a time and keep it cool, or in the fridge.' },
      ],
    },
    tea: {
      origin: ['This {goods} comes from our own garden on the hill in {origin}.', 'Mist in the morning, little sun: the leaf grows slowly and gets full.', 'Picked by hand, a bud and two leaves. Let me show you some.'],
      demonstration: ['I make a cup now. First the dry leaf: tight, no dust.', 'Now the water, and watch it open.', 'First sip… a little bitter, and then it turns sweet.'],
      grade: ['Today it is {grade}. When it was picked and how it was fired, I have written down.', 'And the wet leaf: whole, and one colour.'],
      objections: [
        { asked: 'One never knows with tea', answer: 'I understand. I grow this one hill and sell what is on it. Take a small bag first.' },
        { asked: 'How often can I brew it?', answer: 'I show you here. Five or six times; not too hot, and pour early.' },
        { asked: 'How do I keep it?', answer: 'Shut tight, dark, away from anything that smells. Green tea in the fridge.' },
      ],
    },
    honey: {
      origin: ['This {goods} is from {origin}. The hives stand behind me.', 'What is in flower now is what is in the jar.', 'We take it when the bees have sealed it, not before.'],
      demonstration: ['I lift the stick. One long thread, it does not break.', 'A drop on paper stays a drop.', 'A spoon in warm water… you taste the flowers.'],
      grade: ['This is {grade}. No sugar, not heated.', 'In the cold it sets. That is as it should be.'],
      objections: [
        { asked: 'Is it real honey?', answer: 'Everybody is afraid of the other kind. I open a hive for you, and where there is a test report I show it. You may have it tested.' },
        { asked: 'It has set: is that sugar?', answer: 'Real honey sets in the cold. Stand the jar in warm water, forty degrees, never boiling.' },
        { asked: 'Can children have it?', answer: 'Not before they are one year old, and I say that clearly. Later, in warm water.' },
      ],
    },
    'eggs-meat': {
      origin: ['{goods} from our own yard in {origin}. The pen is over there, I walk you over.', 'They eat maize and greens, and we give them the time they need.'],
      demonstration: ['I break one. The yolk stands, I can lift it.', 'I cut the meat. See the grain, and it springs back.', 'There is a pot on. Clear broth. Let me taste… good.'],
      grade: ['Today it is {grade}. I count and weigh in front of you.', 'Here is the inspection stamp. I hold it closer.'],
      objections: [
        { asked: 'Will they break?', answer: 'Each one sits in foam, with a box around. Send me a photo, and I replace every broken one.' },
        { asked: 'Is the meat fresh?', answer: 'From this morning, on ice, in a cold van. When it comes look at the ice; if it has melted, call me.' },
        { asked: 'Why dearer than the market?', answer: 'Twice the time and better feed. Cook one pot, and you smell why.' },
      ],
    },
    dried: {
      origin: ['{goods} from {origin}. We pick and dry it all ourselves.', 'Only sun and wind, until they are dry right through.'],
      demonstration: ['Listen, how dry. They rattle.', 'I put a handful in water, and we look again in a while.', 'Here is a bowl that is ready. Full taste.'],
      grade: ['Today we send {grade}. Stalks cut, crumbs sieved out.', 'No sulphur. They are less pale, and they smell like themselves.'],
      objections: [
        { asked: 'Are they treated?', answer: 'No. Smell them up close, nothing stings. If they are not right, send them back.' },
        { asked: 'So light and so dear?', answer: 'Ten kilos fresh make one kilo dry. A small handful does a whole pot.' },
        { asked: 'How long do they keep?', answer: 'Shut, cool and dry, until the date on the bag. Once open, use them soon.' },
      ],
    },
    general: {
      origin: ['This is {goods} from {origin}. We grow it and make it ourselves.', 'Ask me when it was made, and how. I can tell you.'],
      demonstration: ['I open it for you. Look at it from all sides.', 'I try it here, and tell you what is good about it.'],
      grade: ['Today it is {grade}. What was not good enough I took out.', 'Here it is on the scale. You see the number.'],
      objections: [
        { asked: 'Others are cheaper', answer: 'They are. When you compare, look at weight and date too. You have seen mine opened. If you are not happy, come to me.' },
        { asked: 'Can I rely on the quality?', answer: 'I am here, and my number is on your order. Send a photo, and I see to it.' },
        { asked: 'When will it come?', answer: 'Order today, we send tomorrow at the earliest. Tell me where you are, and I look it up.' },
      ],
    },
  },
  facts: {
    price: '{goods}, today {price}',
    origin: (origin) => `From ${origin}`,
    grade: (grade) => `Grade: ${grade}`,
    harvested: (day) => `Picked on ${day}`,
    storage: (storage) => `Keep it: ${storage}`,
    returns: (rule) => `If it is not right: ${rule}`,
    limit: (count) => `${count} per person at most`,
  },
  copied: (title) => `As in “${title}”`,
};
